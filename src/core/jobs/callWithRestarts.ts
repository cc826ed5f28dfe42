import { RpcError } from '../../protocol/rpc';
import { UserError } from '../../protocol/userError';

const TRIES = 3;

/** Whether a call failed because the worker process died meanwhile. */
export function isWorkerDeath(error: unknown): boolean {
  return error instanceof RpcError && error.code === 'closed';
}

/**
 * Makes a call to the worker again when the worker died during it.
 * @throws UserError 'worker-unavailable' when it died every time
 */
export async function callWithRestarts<T>(what: string, call: () => Promise<T>): Promise<T> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await call();
    } catch (error) {
      if (!isWorkerDeath(error)) throw error;
      if (left === 0) throw workerKeepsDying(what, error);
    }
  }
}

/** @param what the worker was doing, such as "embedding" */
export function workerKeepsDying(what: string, cause: unknown): UserError {
  return new UserError(
    'worker-unavailable',
    `The image worker ended again and again while ${what}. The system may be short of memory: close other programs and run it again; what is done is kept.`,
    { cause },
  );
}
