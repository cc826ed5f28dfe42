import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';
import type { RunningServer } from '../kit/vscodeServer.mjs';
import { Panel } from './panel';
import { Sidebar } from './sidebar';

/** What the tests know about VS Code's own screen, in one place. */
export class Workbench {
  constructor(
    readonly page: Page,
    private readonly server: RunningServer,
  ) {}

  /**
   * Opens a folder and waits for the explorer. Extensions may still be starting: the methods below allow for it.
   * Once, on another machine, VS Code itself did not come up within a minute, and nothing told why. A person reloads,
   * and so does this, once; it prints the requests that were lost, as a lead.
   */
  async open(what: { folder: string } | { workspace: string }): Promise<void> {
    const explorer = this.page.locator('.explorer-folders-view .monaco-list');
    const lost: string[] = [];
    this.page.on('requestfailed', (request) => lost.push(`${request.url()} ${request.failure()?.errorText}`));
    await this.page.goto(this.server.url(what));
    const came = await explorer.waitFor({ state: 'attached', timeout: 30_000 }).then(
      () => true,
      () => false,
    );
    if (came) return;
    console.warn(`VS Code did not come up; lost requests: ${lost.join(', ') || 'none'}. Reloading.`);
    await this.page.reload();
    await expect(explorer).toBeAttached({ timeout: 60_000 });
  }

  /** Reloads the window. What was open comes back, so there need not be an explorer. */
  async reload(): Promise<void> {
    await this.page.reload();
    await expect(this.page.locator('.monaco-workbench .part.statusbar')).toBeVisible({ timeout: 60_000 });
  }

  /**
   * Waits until the browser's storage holds a text that matches. VS Code saves what is open every few seconds, and in
   * a browser not when its page ends.
   */
  async saved(text: RegExp): Promise<void> {
    await expect.poll(() => this.page.evaluate(readWorkspaceStorage)).toMatch(text);
  }

  /** Runs a command from the palette, by its full title. */
  async command(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input');
    const row = this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.page.getByText(title, { exact: true }) })
      .first();
    await expect(async () => {
      await this.page.keyboard.press('F1'); // the key is lost, and the palette closed again, while the workbench is busy
      await input.fill('>', { timeout: 1500 }); // commands of extensions come into the list only when it is filled anew
      await input.fill(`>${title}`, { timeout: 1500 });
      await expect(row).toBeVisible({ timeout: 2000 });
    }).toPass({ timeout: 90_000 });
    await row.click();
    await expect(row).toBeHidden(); // not the input: some commands ask for something in it
  }

  /** Chooses from a list that a command shows. */
  async pick(label: string): Promise<void> {
    await this.page.locator('.quick-input-widget input.input').fill(label); // long lists hold what is in sight only
    const row = this.page.locator('.quick-input-list .monaco-list-row');
    await row
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .first()
      .click();
  }

  /** Answers the question that Auto-Tag asks once in a workspace. */
  async chooseProvider(title = 'Built-in tagger'): Promise<void> {
    await expect(this.page.locator('.quick-input-title')).toHaveText('What shall tag the images of this workspace?');
    await this.pick(title);
  }

  /** Names a folder in VS Code's own file dialog, as it is in a browser. */
  async chooseFolder(folder: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    const ok = widget.getByRole('button', { name: /^(OK|Use This Folder)$/ });
    // It names a folder of its own once it has listed that, over whatever was typed by then.
    await expect(widget.locator('.monaco-list-row').filter({ hasText: /^\.\.$/ })).toBeVisible();
    await expect(async () => {
      await widget.locator('input.input').fill(`${folder}/`);
      await ok.click({ timeout: 2000 }); // does nothing while a folder is being listed
      await expect(ok).toBeHidden({ timeout: 2000 });
    }).toPass();
  }

  /** Names a file in VS Code's own file dialog, to read or to write. @param label of its button, where it says so */
  async chooseFile(file: string, label: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    const ok = widget.getByRole('button', { name: new RegExp(`^(OK|${label})$`) });
    await expect(widget.locator('.monaco-list-row').filter({ hasText: /^\.\.$/ })).toBeVisible();
    await expect(async () => {
      await widget.locator('input.input').fill(file);
      await ok.click({ timeout: 2000 });
      await expect(ok).toBeHidden({ timeout: 2000 });
    }).toPass({ timeout: 60_000 });
  }

  /** Answers a command that asks for a text. */
  async type(text: string): Promise<void> {
    await this.page.locator('.quick-input-widget input.input').fill(text);
    await this.page.keyboard.press('Enter');
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

  /** A modal dialog. Notifications have the same role. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Opens a view container of the activity bar, if it is not open. */
  async activity(name: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: new RegExp(`^${name}`) });
    await expect(tab).toBeVisible();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click(); // a second click would close it
    await expect(tab).toHaveAttribute('aria-selected', 'true');
  }

  /** Shows the extension's view in the side bar. */
  async sidebar(): Promise<Sidebar> {
    await this.activity('DataVisor');
    return new Sidebar(this.webview('view'));
  }

  /** The extension's editor panel, wherever it was opened from. */
  get panel(): Panel {
    return new Panel(this.webview('panel'));
  }

  /** Shows side bar and panel of a dataset that was indexed before. */
  async openDataset(): Promise<{ sidebar: Sidebar; panel: Panel }> {
    const sidebar = await this.sidebar();
    await sidebar.button('Open grid and map').click();
    await expect(this.panel.status).toHaveText(/ of .* images?$/);
    return { sidebar, panel: this.panel };
  }

  /** The tab of an editor, by the name of its file. */
  editorTab(name: string): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name, exact: true });
  }

  /** Closes all notifications that are on the screen. */
  async clearNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
    await expect(this.page.locator('.notifications-toasts .notification-list-item')).toHaveCount(0);
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

/** All that VS Code remembers of its workspaces. Runs in the page. */
async function readWorkspaceStorage(): Promise<string> {
  const databases = await indexedDB.databases();
  const names = databases.flatMap(({ name }) => (name?.startsWith('vscode-web-state-db-') ? [name] : []));
  const values = names.map(
    (name) =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(new Error(opening.error?.message));
        opening.onsuccess = () => {
          const reading = opening.result.transaction('ItemTable').objectStore('ItemTable').getAll();
          reading.onerror = () => reject(new Error(reading.error?.message));
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result.join('\n'));
          };
        };
      }),
  );
  return (await Promise.all(values)).join('\n');
}
