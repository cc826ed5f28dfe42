import { expect, type FrameLocator, type Locator } from '@playwright/test';
import { ReviewTab } from './reviewTab';
import { RunsTab } from './runsTab';
import { parseShare, shareText, type Share } from './sidebar';

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

  /** All images of the dataset. */
  async total(): Promise<number> {
    return parseShare(await this.status.innerText()).total;
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

  /** Shows the Review tab. */
  async review(): Promise<ReviewTab> {
    await this.frame.getByRole('tab', { name: 'Review' }).click();
    return new ReviewTab(this.frame);
  }

  /** Shows the Runs tab. */
  async runs(): Promise<RunsTab> {
    await this.frame.getByRole('tab', { name: 'Runs' }).click();
    return new RunsTab(this.frame);
  }

  /** A part of the panel. */
  tab(name: 'Images' | 'Duplicates' | 'Quality' | 'Review' | 'Tags' | 'Policy' | 'Runs'): Locator {
    return this.frame.getByRole('tab', { name, exact: true });
  }

  /** The tags of the image whose details are shown, each a row. */
  get tags(): Locator {
    return this.details().getByRole('region', { name: 'Tags', exact: true });
  }

  /** The row of a tag that the image has. */
  tag(name: string): Locator {
    return this.tags.getByRole('row').filter({ has: this.frame.locator('.tag').getByText(name, { exact: true }) });
  }

  /** The field for one more tag of the image. */
  get tagField(): Locator {
    return this.details().getByRole('combobox', { name: 'Add a tag' });
  }

  /** What can be chosen in the field that has the keyboard. */
  option(name: string | RegExp): Locator {
    return this.frame.getByRole('option', { name });
  }

  /** The tags of the selected images, or of all that pass the filter. */
  get tagBar(): Locator {
    return this.frame.getByRole('region', { name: /^Tags of (\d+ selected|all)/ });
  }

  /** What was done last, as screen readers hear it. */
  get outcome(): Locator {
    return this.frame.getByRole('status', { name: 'Outcome' });
  }

  get map(): Locator {
    return this.frame.getByRole('application', { name: /^Map of/ });
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }
}
