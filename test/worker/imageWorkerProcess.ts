import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Client } from '../../src/protocol/rpc';
import { Endpoint } from '../../src/protocol/rpc';
import type { WorkerApi } from '../../src/protocol/workerApi';
import { workerApi, workerHostApi } from '../../src/protocol/workerApi';

/** The built worker as the extension starts it, and a client for it. */
export interface RunningWorker {
  readonly process: ChildProcess;
  readonly api: Client<WorkerApi>;
  /** Settles with the exit code once the process is gone. */
  readonly exited: Promise<number | null>;
}

export function startWorker(): RunningWorker {
  const child = fork(join(process.cwd(), 'dist', 'worker.js'), {
    serialization: 'advanced',
    execArgv: [],
    env: { ...process.env, UV_THREADPOOL_SIZE: '8' },
  });
  const endpoint = new Endpoint(
    {
      post: (message) => child.send(message as object),
      onMessage: (listener) => void child.on('message', listener),
    },
    workerHostApi,
    {},
    workerApi,
    (error) => assertNever(error),
  );
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      endpoint.close('the worker has exited');
      resolve(code);
    });
  });
  return { process: child, api: endpoint.remote, exited };
}

function assertNever(error: Error): never {
  throw error;
}
