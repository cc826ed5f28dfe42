import { expect, test } from './fixtures';

test.use({ images: 'tagged', viewport: { width: 1400, height: 860 } });

const THEMES = [
  ['Dark Modern', 'vscode-dark'],
  ['Light Modern', 'vscode-light'],
  ['Dark High Contrast', 'vscode-high-contrast'],
  ['Light High Contrast', 'vscode-high-contrast-light'],
] as const;

test('sidebar and panel take on every kind of theme', async ({ page, workbench }, info) => {
  const { sidebar, panel } = await workbench.openDataset();
  await sidebar.pick('Lighting', 'dark');
  await sidebar.pick('Lighting', 'normal');
  await sidebar.filter.fill('folder:nonsense width>');
  await expect(sidebar.frame.getByRole('alert')).toBeVisible();
  await panel.cell(2).click();
  await expect(panel.details()).toContainText('Dimensions');
  const grounds = new Set<string>();
  for (const [theme, kind] of THEMES) {
    await workbench.command('Preferences: Color Theme');
    await workbench.pick(theme);
    for (const { frame } of [sidebar, panel]) {
      await expect(frame.locator('body')).toHaveClass(new RegExp(`(^| )${kind}( |$)`));
    }
    grounds.add(await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor));
    const file = info.outputPath(`${kind}.png`);
    await page.screenshot({ path: file });
    await info.attach(theme, { path: file, contentType: 'image/png' });
  }
});
