import * as path from 'node:path';
import { expect, test } from './fixtures';
import { EXACT_COPY, SAMPLE_PATHS } from './sampleImages';

test.use({ images: 'tagged' });

test('an image of the grid shows its card, its details and itself', async ({ workbench }) => {
  const { panel } = await workbench.openDataset();
  const image = await panel.path(1);
  const name = path.posix.basename(image);
  await panel.cell(1).hover();
  await expect(panel.card).toContainText(name);
  await expect(panel.card.locator('.tag').first()).toBeVisible();
  await expect(panel.card.locator('img')).not.toHaveJSProperty('naturalWidth', 0);

  await panel.cell(1).click();
  const details = panel.details(image);
  await expect(details.getByRole('img', { name: `Thumbnail of ${image}` })).toBeVisible();
  await expect(
    details
      .getByRole('region', { name: 'Tags' })
      .getByRole('row', { name: /Built-in · run \d+ · \w+ \d+, \d{4} \d+ / })
      .first(),
  ).toBeVisible();
  await expect(details.getByRole('region', { name: 'File' })).toContainText(/\d+ × \d+/);
  await details.getByText(/^All predictions \(\d+\)$/).click();
  await expect(details.getByRole('row').last()).toBeVisible();

  await panel.cell(1).dblclick();
  await expect(workbench.editorTab(name)).toHaveAttribute('aria-selected', 'true');
  const editor = workbench.webview('panel', 'vscode.media-preview').getByRole('img');
  await expect(editor).toBeVisible();
});

test('several images become the filter, and duplicates are found', async ({ workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const total = SAMPLE_PATHS.length;
  await panel.cell(0).click({ modifiers: ['Control'] });
  await panel.cell(2).click({ modifiers: ['Control'] });
  await expect(panel.selection('2 selected')).toBeVisible();
  await panel.cell(4).click({ modifiers: ['Shift'] });
  await expect(panel.selection('3 selected')).toBeVisible(); // from the last one on
  const chosen = [await panel.path(2), await panel.path(3), await panel.path(4)];
  await panel.button('Filter to selection').click();
  await panel.expectShare({ matching: 3, total });
  await sidebar.expectShare({ matching: 3, total });
  expect([await panel.path(0), await panel.path(1), await panel.path(2)]).toEqual(chosen);
  await sidebar.button('Drop selection').click();
  await panel.expectShare({ matching: total, total });

  await sidebar.filter.fill(`path:"${EXACT_COPY}"`);
  await panel.expectShare({ matching: 1, total });
  await panel.cell(0).click();
  await panel.button('Show Duplicates').click();
  await expect(panel.frame.getByText(/^Duplicates: [2-9]$/)).toBeVisible();
  await sidebar.filter.fill('');
  await expect(panel.cells.filter({ hasText: EXACT_COPY.replace('duplicates/copy of ', '') })).not.toHaveCount(0);
});

test('the keyboard alone reaches everything in the grid', async ({ workbench }) => {
  const { panel } = await workbench.openDataset();
  const { keyboard } = workbench.page;
  const total = SAMPLE_PATHS.length;
  const second = await panel.path(1);
  await panel.frame.getByRole('slider', { name: 'Thumbnail size' }).focus();
  await keyboard.press('Tab');
  await expect(panel.cell(0)).toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(panel.cell(1)).toBeFocused();
  await expect(panel.card).toContainText(path.posix.basename(second));
  await keyboard.press('Enter');
  await expect(panel.details(second)).toBeFocused();
  await keyboard.press('Escape');
  await expect(panel.details()).toHaveCount(0);
  await expect(panel.cell(1)).toBeFocused();
  await keyboard.press('Space');
  await keyboard.press('Shift+ArrowRight');
  await expect(panel.selection('2 selected')).toBeVisible();
  await keyboard.press('End');
  await expect(panel.cell(total - 1)).toBeFocused();
  await keyboard.press('Control+a');
  await expect(panel.selection(`${total} selected`)).toBeVisible();
  await keyboard.press('Tab');
  await expect(panel.frame.getByRole('separator', { name: 'Resize grid and map' })).toBeFocused();
});

test('images are grouped by a facet, and a whole group is selected', async ({ page, workbench }) => {
  const { panel, sidebar } = await workbench.openDataset();
  const dark = await sidebar.share('Lighting', 'dark');
  await panel.frame.getByRole('combobox', { name: 'Group by' }).selectOption('Lighting');
  const select = panel.button(`Select dark, ${dark.total} images`);
  await expect(select).toBeVisible();
  await expect(panel.cell(0)).toHaveAccessibleName(/\bdark\b/);
  await select.click();
  await expect(panel.selection(`${dark.total} selected`)).toBeVisible();
  await panel.button('Clear selection').click();

  // The keyboard goes on from one group to the next, and says so.
  await panel.cell(0).focus();
  for (let index = 0; index < dark.total; index++) await page.keyboard.press('ArrowRight');
  await expect(panel.cell(dark.total)).toBeFocused();
  await expect(panel.outcome).toContainText(/^\s*dim, \d+ images?\s*$/);
  await expect(panel.cell(dark.total)).toHaveAccessibleName(/\bdim\b/);
  await panel.frame.getByRole('combobox', { name: 'Sort by' }).selectOption('Pixels');
  await expect(panel.frame.getByRole('rowheader').first()).toContainText('dark');
  await panel.frame.getByRole('combobox', { name: 'Group by' }).selectOption('Said by');
  await expect(panel.frame.getByRole('rowheader').first()).toContainText('Built-in tagger');
  await panel.frame.getByRole('combobox', { name: 'Group by' }).selectOption('Nothing');
  await expect(panel.frame.getByRole('rowheader')).toHaveCount(0);
});
