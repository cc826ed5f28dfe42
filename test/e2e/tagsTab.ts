import { expect, type FrameLocator, type Locator } from '@playwright/test';

/** The Tags tab of the panel, by the names that a screen reader hears. */
export class TagsTab {
  constructor(readonly frame: FrameLocator) {}

  /** Shows the tab, and one of its parts. */
  async show(part: 'Tags' | 'Mapping' | 'Aliases and implications' = 'Tags'): Promise<void> {
    await this.frame.getByRole('tablist', { name: 'Parts of the panel' }).getByRole('tab', { name: 'Tags' }).click();
    await this.frame
      .getByRole('tablist', { name: 'Parts of Tags' })
      .getByRole('tab', { name: part, exact: true })
      .click();
  }

  get search(): Locator {
    return this.frame.getByRole('searchbox', { name: 'Find a tag' });
  }

  /** A row of the table of all tags, by its tag. */
  row(tag: string): Locator {
    return this.frame
      .getByRole('region', { name: 'All tags' })
      .getByRole('row')
      .filter({ has: this.frame.getByRole('rowheader', { name: tag, exact: true }) });
  }

  /** How many images have a tag, as its row says. */
  async images(tag: string): Promise<number> {
    return Number((await this.row(tag).getByRole('cell').nth(2).innerText()).replaceAll(',', ''));
  }

  async select(...tags: string[]): Promise<void> {
    for (const tag of tags) await this.frame.getByRole('checkbox', { name: `Select ${tag}`, exact: true }).check();
    await expect(this.frame.getByRole('status').filter({ hasText: / selected$/ })).toBeVisible();
  }

  /** The question that a change of tags asks. */
  get dialog(): Locator {
    return this.frame.getByRole('dialog');
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** A row of the mapping, by the name that models use. */
  mapping(name: string): Locator {
    return this.frame
      .getByRole('region', { name: 'Mapping', exact: true })
      .getByRole('row')
      .filter({ has: this.frame.getByRole('rowheader', { name, exact: true }) });
  }

  /** Where outcomes are said. */
  get outcome(): Locator {
    return this.frame.getByRole('status', { name: 'Outcome' });
  }
}
