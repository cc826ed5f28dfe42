import { expect, test } from './fixtures';

test.use({ images: 'tagged', settings: { 'datavisor.tagKeys': { 1: 'keep' } } });

test('a tag is added by autocomplete, says who gave it, and outlives a reload', async ({ workbench }) => {
  const { panel } = await workbench.openDataset();
  const { keyboard } = workbench.page;
  const image = await panel.path(0);
  await panel.cell(0).click();
  await expect(panel.details(image)).toBeVisible();
  await expect(panel.tags.getByRole('row', { name: /Built-in · run \d+ · \w+ \d+, \d{4}/ }).first()).toBeVisible();

  await panel.tagField.click();
  await keyboard.type('overex');
  await expect(panel.option(/^overexposed/)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await expect(panel.tag('overexposed')).toContainText('You · ');
  await expect(panel.outcome).toHaveText('Done: Add “overexposed” to 1 image');

  await expect(panel.tagField).toBeFocused();
  await keyboard.type('My  New-Tag');
  await expect(panel.option('Create “my new-tag”')).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await expect(panel.tag('my new-tag')).toContainText('You · ');

  await keyboard.type('no! tag');
  await keyboard.press('Enter');
  await expect(panel.details().getByRole('alert')).toContainText(/letters, digits, spaces/);
  await expect(panel.tagField).toHaveAttribute('aria-invalid', 'true');
  await keyboard.press('Escape');
  await expect(panel.tagField).toHaveValue('');
  await expect(panel.details()).toBeVisible();

  await workbench.saved(/datavisor\.panel.*openId[\\":]+\d/);
  await workbench.reload();
  await expect(panel.tag('overexposed')).toContainText('You · ');
  await expect(panel.tag('my new-tag')).toBeVisible();
  await expect(panel.button('Undo: Add “my new-tag” to 1 image')).toBeVisible();
});

test('a tag is removed, kept away, and taken back, all by keyboard', async ({ workbench }) => {
  const { panel } = await workbench.openDataset();
  const { keyboard } = workbench.page;
  await panel.cell(0).click();
  const row = panel.tags.getByRole('row', { name: /Built-in/ }).first();
  const tag = await row.locator('.tag').innerText();
  await panel.button(`Approve “${tag}”`).focus();
  await keyboard.press('Enter');
  await expect(panel.tag(tag)).toContainText('You · ');
  await panel.button(`Remove “${tag}”`).focus();
  await keyboard.press('Enter');
  await expect(panel.tag(tag)).toHaveCount(0);
  const kept = panel.details().getByRole('region', { name: 'Kept away' });
  await expect(kept).toContainText(`You removed “${tag}” on `);
  await expect(panel.details()).toContainText(`You keep “${tag}” away, Built-in says it with `);
  await expect(panel.tags.getByRole('button').or(panel.tagField).and(panel.frame.locator(':focus'))).toHaveCount(1);

  await kept.getByRole('button', { name: /^Take back: You removed/ }).focus();
  await keyboard.press('Enter');
  await expect(panel.tag(tag)).toContainText('Built-in · run ');
  await expect(kept).toHaveCount(0);
});

test('a selection is tagged by field and by key, and undone and redone by keyboard', async ({ workbench }) => {
  const { panel, sidebar } = await workbench.openDataset();
  const { keyboard } = workbench.page;
  await panel.frame.getByRole('button', { name: 'Show under thumbnails' }).click();
  await panel.frame.getByRole('checkbox', { name: 'Tags' }).check();
  await keyboard.press('Escape');
  await panel.cell(0).click({ modifiers: ['Control'] });
  await panel.cell(2).click({ modifiers: ['Shift'] });
  const field = panel.frame.getByRole('combobox', { name: 'Add a tag to 3 selected images' });
  await field.click();
  await keyboard.type('holiday');
  await keyboard.press('Enter');
  await expect(panel.outcome).toHaveText('Done: Add “holiday” to 3 images');
  await expect(panel.tagBar.getByRole('listitem').filter({ hasText: 'holiday' })).toContainText('all');
  for (const index of [0, 1, 2]) await expect(panel.cell(index)).toContainText('holiday');

  await panel.cell(1).focus();
  await keyboard.press('1');
  await expect(panel.outcome).toHaveText('Done: Add “keep” to 3 images');
  await expect(panel.cell(0)).toContainText('keep');
  await expect(sidebar.value('Other', 'keep')).toHaveAttribute('aria-label', /^keep, 3 of 3/);

  await keyboard.press('Control+z');
  await expect(panel.outcome).toHaveText('Undone: Add “keep” to 3 images');
  await expect(panel.cell(0)).not.toContainText('keep');
  await expect(panel.cell(0)).toContainText('holiday'); // one step, not two
  await keyboard.press('Control+z');
  await expect(panel.cell(2)).not.toContainText('holiday');
  await keyboard.press('Control+Shift+z');
  await expect(panel.cell(2)).toContainText('holiday');
  await keyboard.press('Control+y');
  await expect(panel.cell(2)).toContainText('keep');
  await keyboard.press('Control+y');
  await expect(panel.outcome).toHaveText('Nothing to redo.');

  await panel.tagBar.getByRole('button', { name: 'Remove “holiday” from all of them' }).click();
  await expect(panel.outcome).toHaveText('Done: Remove “holiday” from 3 images');
  await expect(panel.cell(1)).not.toContainText('holiday');

  await field.click();
  await keyboard.type('ho');
  await keyboard.press('Control+z'); // of the text, not of the tags
  await expect(field).not.toHaveValue('ho');
  await expect(panel.cell(1)).not.toContainText('holiday');
});

test('all images that pass the filter are tagged at once, and keys are set in the panel', async ({ workbench }) => {
  const { panel, sidebar } = await workbench.openDataset();
  const { keyboard } = workbench.page;
  await sidebar.pick('Lighting', 'dark');
  const { matching } = await sidebar.share('Lighting', 'dark');
  await panel.expectShare({ matching, total: await panel.total() });
  await panel.button('Keys for tags').click();
  await panel.frame.getByRole('combobox', { name: 'Tag for key 2' }).click();
  await keyboard.type('night');
  await keyboard.press('Enter');
  await expect(panel.frame.getByRole('list', { name: 'Keys for tags' })).toContainText('2 night');
  await keyboard.press('Escape');

  await panel.frame.getByRole('button', { name: 'Tag all' }).click();
  await keyboard.type('night');
  await keyboard.press('Enter');
  await expect(panel.outcome).toHaveText(`Done: Add “night” to ${matching} images`);
  await panel.cell(0).focus();
  await keyboard.press('2');
  await expect(panel.outcome).toHaveText('Done: Remove “night” from 1 image');
});

test('the commands of the palette undo, and lead to the parts of the panel', async ({ workbench }) => {
  const { panel } = await workbench.openDataset();
  await panel.cell(0).click();
  await panel.tagField.fill('holiday');
  await panel.tagField.press('Enter');
  await expect(panel.tag('holiday')).toBeVisible();
  await workbench.command('DataVisor: Undo Tagging');
  await expect(panel.tag('holiday')).toHaveCount(0);
  await workbench.command('DataVisor: Show Runs');
  await expect(panel.tab('Runs')).toHaveAttribute('aria-selected', 'true');
  await panel.tab('Runs').press('ArrowRight');
  await expect(panel.tab('Images')).toBeFocused();
  await expect(panel.details()).toBeVisible();

  await panel.cell(1).click({ modifiers: ['Control'] });
  await panel.cell(2).click({ modifiers: ['Control'] });
  await workbench.command('DataVisor: Add Tag to Images');
  await expect(workbench.page.getByText('Add a tag to 2 selected images')).toBeVisible(); // else the palette has the text
  await workbench.type('holiday');
  await expect(panel.tagBar.getByRole('listitem').filter({ hasText: 'holiday' })).toContainText('all');
});
