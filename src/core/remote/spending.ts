/**
 * What a run has spent. A request's price is set aside before it is sent, so that requests under way at once cannot
 * exceed the budget together, and comes back only when the server said that it did not answer: one that broke off may
 * have been billed.
 */
export class Spending {
  private requests = 0;

  /**
   * @param price of an image, in US dollars; 0 when it costs nothing or is not known
   * @param budget most that the run may spend, in US dollars; null for no bound
   */
  constructor(
    private readonly price: number,
    private readonly budget: number | null,
  ) {}

  /** In US dollars. */
  get spent(): number {
    return this.requests * this.price;
  }

  /** Sets the price of one more request aside; false when the budget does not allow it. */
  reserve(): boolean {
    // a millionth of a cent of tolerance: 10 × 0.1 must fit into 1
    if (this.budget !== null && (this.requests + 1) * this.price > this.budget + 1e-8) return false;
    this.requests++;
    return true;
  }

  /** Gives one reserved price back. */
  release(): void {
    this.requests--;
  }
}
