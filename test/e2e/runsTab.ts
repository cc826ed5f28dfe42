import type { FrameLocator, Locator } from '@playwright/test';

/** The Runs tab of the panel, by the names that a screen reader hears. */
export class RunsTab {
  constructor(readonly frame: FrameLocator) {}

  /** How far one provider has come. */
  provider(title: string): Locator {
    return this.frame.getByRole('group', { name: title, exact: true });
  }

  /** What failed. */
  get failures(): Locator {
    return this.frame.getByRole('region', { name: /^Failed images/ });
  }

  /** One run of the history, by its title and time. */
  run(name: RegExp): Locator {
    return this.frame.getByRole('article', { name }).first();
  }

  /** The outcome that was said last. */
  get announcement(): Locator {
    return this.frame.getByRole('status', { name: 'Outcome' });
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }
}
