import { expect, type FrameLocator, type Locator } from '@playwright/test';

/** The Policy tab of the panel, by the names that a screen reader hears. */
export class PolicyTab {
  constructor(readonly frame: FrameLocator) {}

  async show(): Promise<void> {
    await this.frame.getByRole('tablist', { name: 'Parts of the panel' }).getByRole('tab', { name: 'Policy' }).click();
    await expect(this.frame.getByRole('heading', { name: 'Policy', level: 2 })).toBeVisible();
  }

  /** The rules for what one provider says. */
  provider(title: string): Locator {
    return this.frame.getByRole('region', { name: new RegExp(`^${title} [\\d,]+ answers?$`) });
  }

  /** @param of a provider, or one and a dimension: "Built-in tagger, Lighting" */
  slider(of: string): Locator {
    return this.frame.getByRole('slider', { name: `Threshold of ${of}`, exact: true });
  }

  number(of: string): Locator {
    return this.frame.getByRole('spinbutton', { name: `Threshold of ${of} as a number`, exact: true });
  }

  get most(): Locator {
    return this.frame.getByRole('spinbutton', { name: 'Most tags per image' });
  }

  get approves(): Locator {
    return this.frame.getByRole('checkbox', { name: 'Approve automatically' });
  }

  /** Where outcomes are said. */
  get outcome(): Locator {
    return this.frame.getByRole('status', { name: 'Outcome' });
  }
}
