/**
 * What a run has spent. The price of a request's images is set aside before it is sent, so that requests under way at
 * once cannot exceed the budget together, and comes back only when the server said that it did not answer: one that
 * broke off may have been billed.
 */
export class Spending {
  private images = 0;

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
    return this.images * this.price;
  }

  /** How many of so many images the budget still allows. */
  affordable(images: number): number {
    let count = images;
    while (count > 0 && !this.allows(count)) count--;
    return count;
  }

  /** Sets the price of some images aside; false when the budget does not allow it, or when there are none. */
  reserve(images = 1): boolean {
    if (images === 0 || !this.allows(images)) return false;
    this.images += images;
    return true;
  }

  /** Gives the price of one image back. */
  release(): void {
    this.images--;
  }

  private allows(more: number): boolean {
    // a millionth of a cent of tolerance: 10 × 0.1 must fit into 1
    return this.budget === null || (this.images + more) * this.price <= this.budget + 1e-8;
  }
}
