/** A promise settled from outside, to put the answers of calls in an order of the test's choosing. */
export class Deferred<T> {
  resolve!: (value: T) => void;
  reject!: (error: Error) => void;
  readonly promise = new Promise<T>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

/** Lets everything that waits for settled promises run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
