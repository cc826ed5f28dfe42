interface Place {
  readonly button: Element;
  readonly group: string;
  readonly row: number;
}

/** Where the focus was among the buttons of a group (`data-focus-group`), to be found again when that button is gone. */
export class FocusPlace {
  private place: Place | null = null;

  /** The button that has the focus now is about to go. */
  remember(): void {
    const button = document.activeElement;
    const row = button?.closest('tr, li');
    const group = row?.closest<HTMLElement>('[data-focus-group]');
    const index = group && row ? rowsOf(group).indexOf(row) : -1;
    this.place =
      button && group && index >= 0 ? { button, group: group.dataset['focusGroup'] ?? '', row: index } : null;
  }

  /** Gives the focus to the row that came in place of the one that went, else to a field in `within`. */
  restore(within: ParentNode): void {
    const { place } = this;
    if (place === null || document.activeElement === place.button) return;
    this.place = null;
    if (document.activeElement !== document.body) return; // the person has gone on
    const rows = rowsOf(within.querySelector(`[data-focus-group="${place.group}"]`));
    const target = rows[Math.min(place.row, rows.length - 1)]?.querySelector<HTMLElement>('button');
    (target ?? within.querySelector<HTMLElement>('datavisor-tag-input'))?.focus();
  }
}

function rowsOf(group: Element | null): Element[] {
  return [...(group?.querySelectorAll('tr:has(button), li:has(> button)') ?? [])];
}
