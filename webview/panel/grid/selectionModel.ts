/** Which images of the grid are selected, by id, and from where a range grows. */
export class SelectionModel {
  private readonly selected = new Set<number>();
  private anchorIndex: number | null = null;

  get size(): number {
    return this.selected.size;
  }

  /** Where a range starts: the cell clicked or toggled last, or null. */
  get anchor(): number | null {
    return this.anchorIndex;
  }

  has(id: number): boolean {
    return this.selected.has(id);
  }

  /** In ascending order. */
  get ids(): Int32Array {
    return Int32Array.from(this.selected).sort();
  }

  /** A plain click: what was selected is let go and ranges start here. */
  moveTo(index: number): void {
    this.selected.clear();
    this.anchorIndex = index;
  }

  /** Ranges start here; what is selected stays. */
  setAnchor(index: number): void {
    this.anchorIndex = index;
  }

  toggle(id: number, index: number): void {
    if (!this.selected.delete(id)) this.selected.add(id);
    this.anchorIndex = index;
  }

  /** Selects exactly these: the images from the anchor to where the range ends. */
  selectOnly(ids: Iterable<number>): void {
    this.selected.clear();
    for (const id of ids) this.selected.add(id);
  }

  clear(): void {
    this.selected.clear();
  }

  /** The list is another one: places in it mean nothing any more, ids still do. */
  forgetPlaces(): void {
    this.anchorIndex = null;
  }
}
