import { expect, test } from './fixtures';

test('Auto-Tag from the palette fills the facets', async ({ workbench }) => {
  await workbench.command('DataVisor: Auto-Tag');
  await expect(workbench.notification('Auto-Tag finished')).toBeVisible({ timeout: 90_000 });
  await workbench.activity('DataVisor');
  const sidebar = workbench.webview('view');
  await expect(sidebar.getByRole('group', { name: 'Lighting' }).getByRole('checkbox')).toHaveCount(4);
});

test('Auto-Tag from the context menu of a folder takes that folder', async ({ workbench }) => {
  await workbench.contextMenu(workbench.explorerRow('night'), 'DataVisor: Auto-Tag');
  await expect(workbench.notification(/Auto-Tag finished.*: 24 images/)).toBeVisible({ timeout: 90_000 });
});
