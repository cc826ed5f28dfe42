/**
 * Cuts long computations into slices, so that the process stays able to hear a cancel and to send progress:
 * call `due()` after every few milliseconds of work and await `pause()` when it says so.
 */
export class Pacer {
  readonly #signal: AbortSignal;
  readonly #sliceMs: number;
  #sliceEnd: number;

  /** @throws the signal's reason when it is already aborted. */
  constructor(signal: AbortSignal, sliceMs = 30) {
    signal.throwIfAborted();
    this.#signal = signal;
    this.#sliceMs = sliceMs;
    this.#sliceEnd = performance.now() + sliceMs;
  }

  /** Whether the slice is used up. */
  due(): boolean {
    return performance.now() >= this.#sliceEnd;
  }

  /** Lets the event loop run once. @throws the signal's reason when it was aborted. */
  async pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    this.#signal.throwIfAborted();
    this.#sliceEnd = performance.now() + this.#sliceMs;
  }
}
