import { setTimeout as sleep } from 'node:timers/promises';
import { TransientFault } from './downloadFaults';

export interface Patience {
  /** After so many milliseconds without a byte a connection counts as dead. */
  readonly stallMs: number;
  /** How often a broken connection is tried again by itself, without a byte received in between. */
  readonly retries: number;
  /** Before the first retry; doubled for each further one. */
  readonly delayMs: number;
}

export const DEFAULT_PATIENCE: Patience = { stallMs: 30_000, retries: 3, delayMs: 1_000 };

/** The server may ask for a longer pause than one would sit through. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * Runs `attempt` again after a `TransientFault`. `attempt` calls `progressed` when it got on, which renews the patience.
 * @throws the UserError inside the last fault; other errors at once
 */
export async function withPatience<T>(
  patience: Patience,
  signal: AbortSignal,
  attempt: (progressed: () => void) => Promise<T>,
): Promise<T> {
  let failures = 0;
  for (;;) {
    try {
      return await attempt(() => (failures = 0));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TransientFault)) throw error;
      if (failures >= patience.retries) throw error.userError;
      const pause = error.retryAfterMs ?? patience.delayMs * 2 ** failures;
      failures++;
      await sleep(Math.min(pause, LONGEST_PAUSE_MS), undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}
