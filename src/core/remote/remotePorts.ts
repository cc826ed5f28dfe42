import { setTimeout as wait } from 'node:timers/promises';

/** What retries and rate limits need of the world, so that tests need not wait. */
export interface RemotePorts {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** 0 to 1, without 1. */
  readonly random: () => number;
  /** Rejects with the signal's reason once it is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const SYSTEM_PORTS: RemotePorts = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
  },
};
