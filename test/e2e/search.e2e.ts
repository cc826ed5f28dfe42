import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { SAMPLE_PATHS } from './sampleImages';
import type { Panel } from './panel';
import { parseShare } from './sidebar';

test.use({ images: 'tagged' });

const total = SAMPLE_PATHS.length;

/** Types as a person does, key by key. */
async function type(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    if (key.length > 1 && /^[A-Z]/.test(key)) await page.keyboard.press(key);
    else await page.keyboard.type(key, { delay: 20 });
  }
}

test('the filter completes what is typed, by keyboard alone', async ({ page, workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const { filter, suggestions } = sidebar;
  const dark = await sidebar.share('Lighting', 'dark');
  await expect(filter).toHaveAttribute('aria-expanded', 'false');
  await filter.focus();

  await type(page, 'ta');
  await expect(filter).toHaveAttribute('aria-expanded', 'true');
  await expect(suggestions.getByRole('option', { name: /^tag:?, field/ })).toBeVisible();
  await type(page, 'ArrowDown');
  await expect(suggestions.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await expect(filter).toHaveAttribute('aria-activedescendant', /./);
  await expect(filter).toHaveValue('ta'); // moving takes nothing
  await type(page, 'Escape');
  await expect(suggestions).toHaveCount(0);
  await expect(filter).toHaveValue('ta'); // the first Escape closes only
  await type(page, 'Escape');
  await expect(filter).toHaveValue('');

  await type(page, 'tag:dar');
  await expect(suggestions.getByRole('option').first()).toHaveAccessibleName(/^dark, /);
  await type(page, 'ArrowDown', 'Enter');
  await expect(filter).toHaveValue(/^tag:dark ?$/);
  await expect(suggestions).toHaveCount(0);
  await sidebar.expectShare({ matching: dark.total, total });
  await panel.expectShare({ matching: dark.total, total });
  await expect(panel.cells).toHaveCount(dark.total);

  // In the middle of a text only the word at the cursor is replaced. Tab takes as Enter does.
  await filter.fill(' width>1');
  await type(page, 'Home', 'clar');
  await expect(suggestions.getByRole('option', { name: /^clarity/ })).toBeVisible();
  await type(page, 'ArrowDown', 'Tab');
  await expect(filter).toHaveValue(/^clarity: ?width>1$/);
  await expect(suggestions.getByRole('option', { name: /^sharp, / })).toBeVisible(); // what comes next, at once
  await suggestions.getByRole('option', { name: /^sharp, / }).click();
  await expect(filter).toHaveValue(/^clarity:sharp ? ?width>1$/);
  await expect(filter).toBeFocused();
  const sharp = await sidebar.share('Clarity', 'sharp');
  await sidebar.expectShare({ matching: sharp.total, total });

  // A person's examples are a key away too.
  await sidebar.button('How to filter').click();
  const help = sidebar.frame.getByRole('region', { name: 'How to filter' });
  await help.getByRole('button', { name: '-tag:dark', exact: true }).click();
  await expect(filter).toHaveValue(/^clarity:sharp +width>1 -tag:dark$/);
  await expect(filter).toBeFocused();
});

test('words are ranked and forgiven, and an error points at its place', async ({ workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const named = SAMPLE_PATHS.filter((image) => /(^|\/)[^/]*city[^/]*$/.test(image)).length;
  expect(named).toBeGreaterThan(0);
  await sidebar.filter.fill('city');
  await expect.poll(async () => parseShare(await panel.status.innerText()).matching).toBeLessThan(total);
  for (let i = 0; i < named; i++) expect((await panel.path(i)).split('/').at(-1)).toContain('city');

  const blurry = await sidebar.share('Clarity', 'blurry');
  await sidebar.filter.fill('blury');
  await expect(sidebar.frame.getByText('Nothing is called “blury”: showing “blurry”.')).toBeVisible();
  await expect
    .poll(async () => parseShare(await panel.status.innerText()).matching)
    .toBeGreaterThanOrEqual(blurry.total);
  await sidebar.filter.fill('blurry');
  await expect(sidebar.frame.getByText(/Nothing is called/)).toBeHidden();

  await sidebar.filter.fill('blurry conf(dark)>=high');
  const alert = sidebar.frame.getByRole('alert');
  await expect(alert.getByLabel('at character 20')).toHaveText('blurry conf(dark)>=high');
  await expect(sidebar.filter).toHaveAttribute('aria-invalid', 'true');
  await sidebar.filter.fill('');
  await expect(alert).toHaveCount(0);
  await panel.expectShare({ matching: total, total });
});

test('who gave a tag is a facet, and a pick stays where it was put', async ({ workbench }) => {
  const { sidebar } = await workbench.openDataset();
  const said = await sidebar.share('Said by', 'Built-in tagger');
  await sidebar.value('Said by', 'Built-in tagger').click();
  await sidebar.expectShare({ matching: said.total, total });
  const box = sidebar.value('Lighting', 'dark');
  for (let i = 0; i < 5; i++) await box.click(); // faster than the host answers
  for (let i = 0; i < 10; i++) expect(await box.isChecked()).toBe(true);
  await expect(sidebar.button('Clear filter')).toBeVisible();
  await sidebar.button('Clear filter').click();
  await expect(box).not.toBeChecked();
  await expect(sidebar.value('Said by', 'Built-in tagger')).not.toBeChecked();
});

test('a view is saved, changed, renamed, and applied after a reload', async ({ page, workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const dark = await sidebar.share('Lighting', 'dark');
  await sidebar.filter.fill('tag:dark');
  await sidebar.expectShare({ matching: dark.total, total });
  await panel.frame.getByRole('combobox', { name: 'Sort by' }).selectOption('Sharpness');
  await saveAs(page, panel, 'Dark ones');
  await expect(panel.views).toHaveAccessibleName('Saved views: Dark ones');

  await sidebar.pick('Clarity', 'sharp');
  await expect(panel.views).toHaveAccessibleName('Saved views: Dark ones, modified');
  await saveAs(page, panel, 'Dark ones'); // the name is taken: it asks
  const popover = panel.frame.getByRole('dialog', { name: 'Saved views' });
  await expect(popover).toContainText('There is a view “Dark ones” already.');
  await popover.getByRole('button', { name: 'Cancel' }).click();
  await popover.getByRole('button', { name: 'Save Changes to “Dark ones”' }).click();
  await expect(panel.views).toHaveAccessibleName('Saved views: Dark ones');
  const both = parseShare(await sidebar.status.innerText());

  await panel.views.click();
  await popover.getByRole('button', { name: 'Rename Dark ones' }).click();
  await expect(popover.getByLabel('New name of “Dark ones”')).toBeFocused();
  await page.keyboard.type('Night shift');
  await page.keyboard.press('Enter');
  await expect(popover.getByRole('button', { name: 'Night shift', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(popover).toHaveCount(0);
  await expect(panel.views).toBeFocused();

  await sidebar.button('Clear filter').click();
  await panel.frame.getByRole('combobox', { name: 'Sort by' }).selectOption('Path');
  await panel.expectShare({ matching: total, total });
  await workbench.saved(/"mainThreadWebview-datavisor|datavisor/);
  await workbench.reload();
  await panel.expectShare({ matching: total, total });
  await panel.views.click();
  await popover.getByRole('button', { name: 'Night shift', exact: true }).click();
  await panel.expectShare(both);
  await expect(panel.frame.getByRole('combobox', { name: 'Sort by' })).toHaveValue('sharpness');
  await expect(panel.views).toHaveAccessibleName('Saved views: Night shift');
  await sidebar.expectShare(both);
  await expect(sidebar.filter).toHaveValue('tag:dark');

  await panel.views.click();
  await popover.getByRole('button', { name: 'Delete Night shift' }).click();
  await popover.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(popover).toContainText('No view is saved yet.');
  await expect(panel.views).toHaveAccessibleName('Saved views: none in force');
});

/** By keyboard, from the button on. */
async function saveAs(page: Page, panel: Panel, name: string): Promise<void> {
  await panel.views.focus();
  await page.keyboard.press('Enter');
  const popover = panel.frame.getByRole('dialog', { name: 'Saved views' });
  await popover.getByRole('button', { name: 'Save As…' }).press('Enter');
  await expect(popover.getByLabel('Save this view as')).toBeFocused();
  await popover.getByLabel('Save this view as').fill(name);
  await page.keyboard.press('Enter');
}
