/** Tries of one image after the first. */
export const MOST_RETRIES = 5;
/** Bound of the first pause; each further one is twice as long. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A server may ask for a longer pause than one would sit through; it is asked again after this. */
const LONGEST_RETRY_AFTER_MS = 300_000;

/**
 * Pause before a retry: exponential with full jitter, anything from 0 to the bound alike, so that clients that failed
 * together do not come back together (AWS Architecture Blog, "Exponential Backoff And Jitter").
 * @param retry 0 for the first
 * @param retryAfterMs what the server asks for, which then is the least; null when it does not
 * @param random 0 to 1
 * @returns milliseconds
 */
export function pauseBefore(retry: number, retryAfterMs: number | null, random: number): number {
  const jittered = random * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** retry);
  return Math.round((retryAfterMs ?? 0) + jittered);
}

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or a date.
 * @param now milliseconds since the epoch
 * @returns milliseconds from now, 0 to five minutes; null when there is none or it cannot be read
 */
export function retryAfter(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (text === '') return null;
  const wanted = /^\d+(\.\d+)?$/.test(text) ? 1000 * Number(text) : Date.parse(text) - now;
  return Number.isNaN(wanted) ? null : Math.min(Math.max(0, wanted), LONGEST_RETRY_AFTER_MS);
}
