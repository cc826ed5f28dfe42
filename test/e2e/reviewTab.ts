import { expect, type FrameLocator, type Locator } from '@playwright/test';

/** The Review tab of the panel, by the names that a screen reader hears. */
export class ReviewTab {
  constructor(readonly frame: FrameLocator) {}

  get progress(): Locator {
    return this.frame.getByRole('progressbar', { name: 'Decided in this queue' });
  }

  async expectDecided(decided: number, size: number): Promise<void> {
    await expect(this.progress).toHaveAttribute('aria-valuetext', `${decided} of ${size} decided`);
  }

  /** Waits until all decisions are in the database. */
  async saved(): Promise<void> {
    await expect(this.progress).toHaveAttribute('aria-busy', 'false');
  }

  /** How many suggestions the queue has. */
  async size(): Promise<number> {
    await expect(this.progress).toBeVisible();
    return Number(await this.progress.getAttribute('aria-valuemax'));
  }

  /** A tag of the list, or "All tags". */
  tag(name: string): Locator {
    return this.frame.getByRole('option', { name: new RegExp(`^${name}: `) });
  }

  get grid(): Locator {
    return this.frame.getByRole('grid', { name: /^Suggestions/ });
  }

  get cells(): Locator {
    return this.grid.getByRole('gridcell');
  }

  /** The suggestion at a place of the queue. */
  cell(index: number): Locator {
    return this.grid.locator(`[role=gridcell][data-index="${index}"]`);
  }

  /** The image that is looked at alone: its name is the question and who asks it. */
  get single(): Locator {
    return this.frame.getByRole('group', { name: /\? .* says/ });
  }

  get question(): Locator {
    return this.single.getByRole('heading');
  }

  /** What can be decided about with the image, in the order of its numbers. */
  get choices(): Locator {
    return this.single.getByRole('group', { name: 'Decide about' }).getByRole('checkbox');
  }

  /** The outcome that was said last. */
  get announcement(): Locator {
    return this.frame.getByRole('status', { name: 'Outcome' });
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  async press(...keys: string[]): Promise<void> {
    const { keyboard } = this.frame.owner().page();
    for (const key of keys) await keyboard.press(key);
  }

  /** Goes on with Tab, as a person without a mouse does, until something has the focus. */
  async tabTo(target: Locator): Promise<void> {
    for (let presses = 0; presses < 40; presses++) {
      await this.press('Tab');
      if (await target.evaluateAll((elements) => elements.includes(document.activeElement as HTMLElement))) return;
    }
    throw new Error('Tab did not lead there');
  }
}
