/**
 * The tallest element made, in CSS pixels. Browsers stop at 2^25 device pixels (Chromium) or less; this leaves room for
 * a device pixel ratio of 4.
 */
export const TALLEST = 8_000_000;

/**
 * Maps the scroll position of an element that is at most `tallest` high to a position in content that may be higher.
 * Small steps (wheel, touch) move the content by as many pixels; jumps (dragging the scrollbar) move it in proportion. Content that fits is mapped one to one.
 */
export class ScrollMap {
  private contentHeight = 0;
  private viewHeight = 0;
  private last = 0;
  private contentTop = 0;

  constructor(private readonly tallest = TALLEST) {}

  /** Height to give the scrolled element. */
  get spacerHeight(): number {
    return Math.min(this.contentHeight, this.tallest);
  }

  /** The scrollTop that the element has, or has to be given after `moveTo`, `settle` and `resize`. */
  get scrollTop(): number {
    return this.last;
  }

  /** The position of the view's upper edge in the content. */
  get top(): number {
    return this.contentTop;
  }

  /** What to subtract from a position in the content to place it in the scrolled element. */
  get shift(): number {
    return this.contentTop - this.last;
  }

  /** The content or the view got another size; the position is kept as far as it is still possible. */
  resize(contentHeight: number, viewHeight: number): void {
    if (contentHeight === this.contentHeight && viewHeight === this.viewHeight) return;
    this.contentHeight = contentHeight;
    this.viewHeight = viewHeight;
    this.moveTo(this.contentTop);
  }

  /** The person scrolled the element. @returns whether it has to be settled at once to be able to scroll on */
  scrolled(scrollTop: number): boolean {
    const step = scrollTop - this.last;
    this.last = scrollTop;
    if (!this.isMapped) {
      this.contentTop = scrollTop;
      return false;
    }
    const isJump = Math.abs(step) > this.dragStep / 2;
    this.contentTop = this.clamp(isJump ? scrollTop * this.ratio : this.contentTop + step);
    const isAtEdge = scrollTop <= 0 || scrollTop >= this.spacerRange;
    return isAtEdge && Math.abs(this.settledTop - scrollTop) >= 1;
  }

  /** Goes to a position in the content. */
  moveTo(top: number): void {
    this.contentTop = this.clamp(top);
    this.settle();
  }

  /** Makes the scrollbar stand where the content does, after small steps; moves nothing on the screen. */
  settle(): void {
    this.last = this.settledTop;
  }

  private get settledTop(): number {
    return this.isMapped ? Math.round(this.contentTop / this.ratio) : this.contentTop;
  }

  private get isMapped(): boolean {
    return this.contentHeight > this.tallest;
  }

  /** How far the element scrolls when the scrollbar is dragged by one pixel; wheels turn by much less. */
  private get dragStep(): number {
    return this.spacerHeight / Math.max(1, this.viewHeight);
  }

  private get spacerRange(): number {
    return Math.max(0, this.spacerHeight - this.viewHeight);
  }

  private get contentRange(): number {
    return Math.max(0, this.contentHeight - this.viewHeight);
  }

  /** Content pixels to a pixel of the scrollbar. */
  private get ratio(): number {
    return this.contentRange / Math.max(1, this.spacerRange);
  }

  private clamp(top: number): number {
    return Math.min(Math.max(0, top), this.contentRange);
  }
}
