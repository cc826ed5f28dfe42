import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';
import type { RunningServer } from '../kit/vscodeServer.mjs';

/** What the tests know about VS Code's own screen, in one place. */
export class Workbench {
  constructor(
    readonly page: Page,
    private readonly server: RunningServer,
  ) {}

  /** Opens a folder and waits for the explorer. Extensions may still be starting: the methods below allow for it. */
  async open(folder: string): Promise<void> {
    await this.page.goto(this.server.url({ folder }));
    await expect(this.page.locator('.explorer-folders-view .monaco-list-row').first()).toBeVisible({ timeout: 60_000 });
  }

  /** Reloads the window. What was open comes back, so there need not be an explorer. */
  async reload(): Promise<void> {
    await this.page.reload();
    await expect(this.page.locator('.monaco-workbench .part.statusbar')).toBeVisible({ timeout: 60_000 });
  }

  /** Runs a command from the palette, by its full title. */
  async command(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input');
    await expect(async () => {
      await this.page.keyboard.press('F1'); // the key is lost while the workbench is busy
      await expect(input).toBeVisible({ timeout: 1500 });
    }).toPass({ timeout: 60_000 });
    const row = this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.page.getByText(title, { exact: true }) })
      .first();
    await expect(async () => {
      await input.fill('>'); // commands of extensions come into the list only when it is filled anew
      await input.fill(`>${title}`);
      await expect(row).toBeVisible({ timeout: 2000 });
    }).toPass({ timeout: 60_000 });
    await row.click();
    await expect(row).toBeHidden(); // not the input: some commands ask for something in it
  }

  /** A row of the explorer, by its exact name. */
  explorerRow(name: string): Locator {
    const label = this.page.locator('.label-name').getByText(name, { exact: true });
    return this.page.locator('.explorer-folders-view .monaco-list-row').filter({ has: label });
  }

  /** Right-clicks and picks. An open menu never gains entries, so it is opened again until the entry is there. */
  async contextMenu(target: Locator, label: string): Promise<void> {
    const item = this.page.locator('.monaco-menu .action-item').filter({ hasText: label }).first();
    await expect(async () => {
      await this.page.keyboard.press('Escape');
      await target.click({ button: 'right' });
      await expect(item).toBeVisible({ timeout: 2000 });
    }).toPass({ timeout: 60_000 });
    // The menu ignores a mouse-up in its first moments: again, until it closes.
    await expect(async () => {
      await item.hover({ timeout: 2000 });
      await item.click({ timeout: 2000 });
      await expect(this.page.locator('.monaco-menu')).toHaveCount(0, { timeout: 1000 });
    }).toPass();
  }

  /** A notification on the screen that contains the text. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
  }

  /** Opens a view container of the activity bar. */
  async activity(name: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: new RegExp(`^${name}`) });
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
  }

  /**
   * The document of one of our webviews: the sidebar's or the panel's. VS Code puts it into a frame (#active-frame) of
   * a frame of its own, whose address names the extension and, for views, the purpose.
   */
  webview(kind: 'view' | 'panel', extensionId = 'datavisor.datavisor'): FrameLocator {
    const purpose = '[src*="purpose=webviewView"]';
    const mine = `iframe.webview[src*="extensionId=${extensionId}"]`;
    return this.page
      .frameLocator(`${mine}${kind === 'view' ? purpose : `:not(${purpose})`}`)
      .frameLocator('iframe#active-frame');
  }
}
