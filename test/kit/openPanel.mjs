import { expect } from '@playwright/test';

/**
 * Opens the extension's sidebar and panel of a folder in a real VS Code.
 * @param {import('@playwright/test').Page} page
 * @param {string} url of the window
 */
export async function openPanel(page, url) {
  await page.goto(url);
  await page
    .locator('.activitybar')
    .getByRole('tab', { name: /^DataVisor/ })
    .click({ timeout: 60_000 });
  const frame = (/** @type {string} */ purpose) =>
    page
      .frameLocator(`iframe.webview[src*="extensionId=datavisor.datavisor"]${purpose}`)
      .frameLocator('iframe#active-frame');
  const sidebar = frame('[src*="purpose=webviewView"]');
  const panel = frame(':not([src*="purpose=webviewView"])');
  await sidebar.getByRole('button', { name: 'Open grid and map' }).click({ timeout: 60_000 });
  const status = panel.getByRole('group', { name: 'Images shown' }).getByRole('status').first();
  await expect(status).toHaveText(/ of /, { timeout: 60_000 });
  return { sidebar, panel };
}
