import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Endpoint, type Client } from '../../src/protocol/rpc';
import { workerApi, workerHostApi, type WorkerApi } from '../../src/protocol/workerApi';

/** The built worker as the extension starts it. */
export function startBenchWorker(): { remote: Client<WorkerApi>; stop(): Promise<void> } {
  const child = fork(resolve('dist', 'worker.js'), {
    serialization: 'advanced',
    execArgv: [],
    env: { ...process.env, UV_THREADPOOL_SIZE: '8' },
  });
  const exited = once(child, 'exit');
  const transport = {
    post: (message: unknown) => void child.send(message as object),
    onMessage: (listener: (message: unknown) => void) => void child.on('message', listener),
  };
  const { remote } = new Endpoint(transport, workerHostApi, {}, workerApi, (error) => console.error(error));
  const stop = async () => {
    child.disconnect();
    await exited;
  };
  return { remote, stop };
}
