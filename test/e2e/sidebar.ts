import { expect, type FrameLocator, type Locator } from '@playwright/test';

/** How many images have a value: those that pass the filter, of all. */
export interface Share {
  matching: number;
  total: number;
}

/** "1,234 of 5,000 images" as numbers. */
export function parseShare(text: string): Share {
  const match = /([\d,]+) of ([\d,]+) images?$/.exec(text);
  if (!match) throw new Error(`No "N of M images" in "${text}"`);
  const [matching, total] = match.slice(1).map((digits) => Number(digits.replaceAll(',', '')));
  return { matching: matching ?? NaN, total: total ?? NaN };
}

export function shareText({ matching, total }: Share): string {
  return `${matching} of ${total} ${total === 1 ? 'image' : 'images'}`;
}

/** The extension's view in the side bar, by the names that a screen reader hears. */
export class Sidebar {
  constructor(readonly frame: FrameLocator) {}

  facet(title: string): Locator {
    return this.frame.getByRole('group', { name: title, exact: true });
  }

  /** The checkbox of one value of a facet. */
  value(facet: string, value: string): Locator {
    return this.facet(facet).getByRole('checkbox', { name: new RegExp(`^${escaped(value)}, [\\d,]+ of`) });
  }

  /** Clicks a checkbox and waits for it: it shows what the extension host says, which answers a moment later. */
  async pick(facet: string, value: string): Promise<void> {
    await this.value(facet, value).click();
    await expect(this.value(facet, value)).toBeChecked();
  }

  async share(facet: string, value: string): Promise<Share> {
    return parseShare((await this.value(facet, value).getAttribute('aria-label')) ?? '');
  }

  get status(): Locator {
    return this.frame.getByRole('region', { name: 'Images that pass the filter' }).getByRole('status');
  }

  async expectShare(share: Share): Promise<void> {
    await expect(this.status).toHaveText(shareText(share));
  }

  get filter(): Locator {
    return this.frame.getByRole('combobox', { name: 'Filter images' });
  }

  /** What the filter suggests for the place where the cursor stands. */
  get suggestions(): Locator {
    return this.frame.getByRole('listbox', { name: 'Suggestions' });
  }

  get datasets(): Locator {
    return this.frame.getByRole('region', { name: 'Datasets' });
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
