import { expect, type FrameLocator, type Locator } from '@playwright/test';
import { RunsTab } from './runsTab';
import { shareText, type Share } from './sidebar';

/** The extension's editor panel: grid, map, details. */
export class Panel {
  constructor(readonly frame: FrameLocator) {}

  private get toolbar(): Locator {
    return this.frame.getByRole('group', { name: 'Images shown' });
  }

  get status(): Locator {
    return this.toolbar.getByRole('status').first();
  }

  async expectShare(share: Share): Promise<void> {
    await expect(this.status).toHaveText(shareText(share));
  }

  /** What the filter is narrowed down to by hand, as the toolbar says it. */
  selection(words: string): Locator {
    return this.toolbar.getByText(words, { exact: true });
  }

  /** The images in sight; all of them when they are few. */
  get cells(): Locator {
    return this.frame.getByRole('grid', { name: 'Images' }).getByRole('gridcell');
  }

  cell(index: number): Locator {
    return this.frame.locator(`[role=gridcell][data-index="${index}"]`);
  }

  /** The path of an image that is in sight. */
  async path(index: number): Promise<string> {
    await expect(this.cell(index)).not.toHaveAttribute('aria-label', 'Loading');
    return ((await this.cell(index).getAttribute('aria-label')) ?? '').split(', ')[0] ?? '';
  }

  /** The larger look at an image under the pointer; hidden from screen readers, which have its words already. */
  get card(): Locator {
    return this.frame.locator('.hover-card');
  }

  details(path?: string): Locator {
    return this.frame.getByRole(
      'complementary',
      path ? { name: `Details of ${path}`, exact: true } : { name: 'Details' },
    );
  }

  /** The button of the saved views; its name says which is in force. */
  get views(): Locator {
    return this.frame.getByRole('button', { name: /^Saved views: / });
  }

  /** Shows the Runs tab. */
  async runs(): Promise<RunsTab> {
    await this.frame.getByRole('tab', { name: 'Runs' }).click();
    return new RunsTab(this.frame);
  }

  get map(): Locator {
    return this.frame.getByRole('application', { name: /^Map of/ });
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }
}
