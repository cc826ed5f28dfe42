import * as assert from 'node:assert/strict';

/** Far more than any stage works without listening, and far less than the whole takes. */
const SOON_MS = 1000;

/** Aborts `run` after `afterMs` and checks that it ends with the reason, soon. */
export async function rejectsSoonWhenAborted(
  run: (signal: AbortSignal) => Promise<unknown>,
  afterMs: number,
): Promise<void> {
  const controller = new AbortController();
  const reason = new Error('Cancelled by the test');
  let abortedAt = 0;
  const timer = setTimeout(() => {
    abortedAt = performance.now();
    controller.abort(reason);
  }, afterMs);
  try {
    await assert.rejects(run(controller.signal), (error) => error === reason);
    assert.ok(abortedAt > 0, 'it ended before it was aborted');
    assert.ok(performance.now() - abortedAt < SOON_MS, `it went on for ${performance.now() - abortedAt} ms`);
  } finally {
    clearTimeout(timer);
  }
}
