/** Opens after so many failures in a row, without a success in between: going on would only add to the trouble. */
export class CircuitBreaker {
  private inARow = 0;

  constructor(private readonly limit: number) {}

  get isOpen(): boolean {
    return this.inARow >= this.limit;
  }

  succeeded(): void {
    this.inARow = 0;
  }

  failed(): void {
    this.inARow++;
  }
}
