import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Endpoint, type Client } from '../../protocol/rpc';
import { inferenceApi, inferenceHostApi, type InferenceApi } from './inferenceApi';

/** The bundle beside this one. */
const SCRIPT = join(__dirname, 'inferenceThread.js');

/** A thread that runs a model, seen from the worker's main thread. */
export class InferenceThread {
  readonly remote: Client<InferenceApi>;
  private readonly worker = new Worker(SCRIPT, { execArgv: [] });
  private readonly endpoint: Endpoint<typeof inferenceHostApi, InferenceApi>;

  constructor() {
    this.endpoint = new Endpoint(
      {
        post: (message) => this.worker.postMessage(message),
        onMessage: (listener) => void this.worker.on('message', listener),
      },
      inferenceHostApi,
      {},
      inferenceApi,
      (error) => console.error(`An inference thread broke its contract: ${error.message}`),
    );
    this.remote = this.endpoint.remote;
    this.worker.on('error', (error) => this.endpoint.close(`an inference thread failed: ${String(error)}`));
    this.worker.on('exit', (code) => this.endpoint.close(`an inference thread ended with code ${code}`));
  }

  /** Lets the model go and ends the thread, after the pass that may be running: nothing can interrupt that. */
  async stop(): Promise<void> {
    // It has ended by itself, or holds what cannot be let go properly: ending it gives that back too.
    await this.remote.release(null).catch(() => undefined);
    await this.worker.terminate();
  }
}
