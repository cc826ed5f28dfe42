/** Which suggestions of the page are marked as wrong, by their index in the queue, and from where a range grows. */
export class PageMarks {
  private readonly marked = new Set<number>();
  private anchor: number | null = null;

  get size(): number {
    return this.marked.size;
  }

  has(index: number): boolean {
    return this.marked.has(index);
  }

  toggle(index: number): void {
    if (!this.marked.delete(index)) this.marked.add(index);
    this.anchor = index;
  }

  /** Marks all from where the last mark was set, or from `from`, to here; `canMark` leaves some out. */
  extend(from: number, to: number, canMark: (index: number) => boolean): void {
    this.anchor ??= from;
    const [first, last] = [Math.min(this.anchor, to), Math.max(this.anchor, to)];
    for (let index = first; index <= last; index++) if (canMark(index)) this.marked.add(index);
  }

  /** Marks all of these, or takes the marks back when all of them have one. */
  toggleAll(indexes: readonly number[]): void {
    const mark = indexes.some((index) => !this.marked.has(index));
    for (const index of indexes) {
      if (mark) this.marked.add(index);
      else this.marked.delete(index);
    }
    this.anchor = null;
  }

  drop(index: number): void {
    this.marked.delete(index);
  }

  clear(): void {
    this.marked.clear();
    this.anchor = null;
  }
}
