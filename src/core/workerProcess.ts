import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism, constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { Endpoint, type Client } from '../protocol/rpc';
import { workerApi, workerHostApi, type WorkerApi } from '../protocol/workerApi';

export interface WorkerProcessOptions {
  /** Absolute path of the worker's bundle. */
  readonly script: string;
  /** Overrides of the environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** The system gives it only the time that nothing else wants. */
  readonly lowPriority?: boolean;
  log(line: string): void;
}

/** How long the other of "channel closed" and "process gone" may take to follow the first, and a stop to be obeyed. */
const GRACE_MS = 1000;

/** One life of the worker: a forked Node process with the RPC endpoint on its channel. */
export class WorkerProcess {
  readonly remote: Client<WorkerApi>;
  /** Resolves once it is gone and every pending call was rejected. */
  readonly gone: Promise<void>;
  /** The last error it wrote to stderr (else its last line), for messages about a worker that cannot start. */
  lastWords = '';
  private readonly child: ChildProcess;
  private readonly endpoint: Endpoint<typeof workerHostApi, WorkerApi>;
  private heard = false;
  private stopping = false;

  /** @param onEnd called when it is gone, right before the pending calls reject */
  constructor(
    private readonly options: WorkerProcessOptions,
    private readonly onEnd: () => void,
  ) {
    this.child = fork(options.script, [], {
      serialization: 'advanced',
      execArgv: [], // inspector flags of the host would make the worker wait, or fight over the port
      env: workerEnvironment(options.env),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    if (options.lowPriority) this.lowerPriority(); // before it starts threads, which take it over
    this.endpoint = new Endpoint(
      {
        // A failed send means that the channel is gone, which `watchEnd` hears of by itself.
        post: (message) => void this.child.send(message as object, () => undefined),
        onMessage: (listener) => {
          this.child.on('message', (message) => {
            this.heard = true;
            listener(message);
          });
        },
      },
      workerHostApi,
      {},
      workerApi,
      (error) => options.log(`The image worker broke its contract: ${error.message}`),
    );
    this.remote = this.endpoint.remote;
    this.logLines(this.child.stdout!);
    this.logLines(this.child.stderr!, (line) => {
      if (/error/i.test(line) || !/error/i.test(this.lastWords)) this.lastWords = line.trim();
    });
    this.gone = this.watchEnd();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** It ended by itself before it said a word. */
  get failedToStart(): boolean {
    return !this.heard && !this.stopping;
  }

  /** Ends it on the spot; pending calls reject with `closed` shortly after. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** Lets it go: by closing the channel, by force when it does not follow. Pending calls reject at once. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.endpoint.close('the image worker was stopped');
    if (this.child.connected) this.child.disconnect();
    const force = setTimeout(() => this.kill(), GRACE_MS);
    await this.gone;
    clearTimeout(force);
  }

  /**
   * A crashed process leaves messages in the channel that tell which image it was at, so calls are rejected only when
   * the channel is read to its end, not when the process exits.
   */
  private watchEnd(): Promise<void> {
    return new Promise((resolve) => {
      let how = 'closed its channel';
      let timer: NodeJS.Timeout | undefined;
      const waitingFor = new Set(['channel', 'process']);
      const finish = () => {
        if (waitingFor.has('process')) this.kill();
        waitingFor.clear();
        clearTimeout(timer);
        if (!this.stopping) this.options.log(`The image worker (process ${this.pid ?? '?'}) ${how}.`);
        this.onEnd();
        this.endpoint.close(`the image worker ${how}`);
        resolve();
      };
      const ended = (part: 'channel' | 'process') => {
        if (!waitingFor.delete(part)) return;
        if (waitingFor.size === 0) finish();
        else timer = setTimeout(finish, GRACE_MS);
      };
      this.child.on('exit', (code, signal) => {
        how = signal === null ? `exited with code ${code ?? '?'}` : `was ended by ${signal}`;
        ended('process');
      });
      this.child.on('disconnect', () => ended('channel'));
      this.child.on('error', (error) => {
        if (this.child.pid !== undefined) return; // a send or a kill that failed; its end is heard of by itself
        how = `could not be started: ${error.message}`;
        waitingFor.delete('process');
        finish();
      });
    });
  }

  private lowerPriority(): void {
    if (this.child.pid === undefined) return; // it could not be started, which its end tells
    try {
      setPriority(this.child.pid, constants.priority.PRIORITY_LOW);
    } catch (error) {
      this.options.log(`The image worker (process ${this.child.pid}) keeps its priority: ${String(error)}`);
    }
  }

  private logLines(stream: NodeJS.ReadableStream, onLine?: (line: string) => void): void {
    createInterface({ input: stream }).on('line', (line) => {
      if (line.trim() !== '') onLine?.(line);
      this.options.log(`worker: ${line}`);
    });
  }
}

/**
 * sharp decodes on libuv's pool, whose default of 4 threads leaves a processor idle while images are read: twice the
 * processors keep them busy on slow disks, and at least 8 decode 1.9 times as fast as one at a time on two.
 * Debugger hooks of the host do not reach the worker.
 */
function workerEnvironment(overrides: NodeJS.ProcessEnv | undefined): NodeJS.ProcessEnv {
  const threads = Math.min(128, Math.max(8, 2 * availableParallelism()));
  const env = { ...process.env, UV_THREADPOOL_SIZE: String(threads) };
  for (const name of ['NODE_OPTIONS', 'VSCODE_INSPECTOR_OPTIONS']) Reflect.deleteProperty(env, name);
  return { ...env, ...overrides };
}
