import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from './fixtures';
import { SAMPLE_PATHS } from './sampleImages';
import { parseShare, type Sidebar } from './sidebar';
import { TagsTab } from './tagsTab';

test.use({ images: 'tagged' });

test('a tag is renamed after a look at what that changes, and undone', async ({ workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const before = await total(sidebar, 'dark');
  const tags = new TagsTab(panel.frame);
  await tags.show();
  await tags.search.fill('dark');
  await expect(tags.row('dark')).toBeVisible();
  expect(await tags.images('dark')).toBe(before);
  await tags.select('dark');
  await tags.button('Rename…').click();
  await expect(tags.dialog.getByRole('textbox', { name: 'New name' })).toBeFocused();
  await workbench.page.keyboard.type('x');
  await expect(tags.dialog).toContainText('“x” is too short.');
  await expect(tags.dialog.getByRole('button', { name: 'Rename' })).toBeDisabled();
  await tags.dialog.getByRole('textbox', { name: 'New name' }).fill('Low  Light');
  await expect(tags.dialog).toContainText('It will be named “low light”.');
  await expect(tags.dialog).toContainText(`${before} images change.`);
  await expect(tags.dialog.getByRole('listitem').first()).toBeVisible();
  await workbench.page.keyboard.press('Enter');

  await expect(tags.outcome).toContainText('low light');
  await expect(tags.dialog).toHaveCount(0);
  await expect(sidebar.value('Lighting', 'low light')).toBeVisible();
  await expect.poll(() => total(sidebar, 'dark')).toBe(0);
  expect(await total(sidebar, 'low light')).toBe(before);
  await tags.search.fill('low light');
  await expect(tags.row('low light')).toContainText('dark'); // its alias from now on

  await tags.button('Show images with low light').click();
  await expect(sidebar.filter).toHaveValue('tag:"low light"');
  await panel.expectShare({ matching: before, total: SAMPLE_PATHS.length });
  await workbench.page.keyboard.press('Control+z');
  await expect.poll(() => total(sidebar, 'dark')).toBe(before);
  await expect.poll(() => total(sidebar, 'low light')).toBe(0);
});

test('several tags are merged into one, and a deletion is undone', async ({ workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const dark = await total(sidebar, 'dark');
  const bright = await total(sidebar, 'bright');
  const tags = new TagsTab(panel.frame);
  await tags.show();
  await tags.select('dark', 'bright');
  await tags.button('Merge…').click();
  await tags.dialog.getByRole('radio', { name: 'bright' }).check();
  await expect(tags.dialog).toContainText(`${dark} images change.`);
  await tags.dialog.getByRole('button', { name: 'Merge' }).click();
  await expect.poll(() => total(sidebar, 'bright')).toBe(dark + bright);
  await expect.poll(() => total(sidebar, 'dark')).toBe(0);
  await expect(tags.row('bright')).toContainText('dark');

  await tags.select('bright');
  await tags.button('Delete…').click();
  await expect(tags.dialog).toContainText('No model will give it again.');
  await tags.dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(tags.dialog).toHaveCount(0);
  await tags.button('Delete…').click();
  await tags.dialog.getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => total(sidebar, 'bright')).toBe(0);
  await workbench.page.keyboard.press('Control+z'); // the deletion
  await expect.poll(() => total(sidebar, 'bright')).toBe(dark + bright);
  await workbench.page.keyboard.press('Control+z'); // the merge
  await expect.poll(() => total(sidebar, 'dark')).toBe(dark);
  expect(await total(sidebar, 'bright')).toBe(bright);
});

test('the mapping is edited in place', async ({ workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const { keyboard } = workbench.page;
  const before = await total(sidebar, 'dark');
  const tags = new TagsTab(panel.frame);
  await tags.show('Mapping');
  await expect(tags.frame.getByText('Nothing to map yet')).toBeVisible(); // all that is said is a tag
  await tags.frame.getByRole('textbox', { name: 'Another name to map' }).fill('dark');
  await keyboard.press('Enter');
  const row = tags.mapping('dark');
  await expect(row.getByRole('combobox', { name: 'Own tag for dark' })).toBeFocused();
  await keyboard.type('gloomy');
  await keyboard.press('Enter');
  await expect(tags.outcome).toContainText('“dark” is mapped to “gloomy”.');
  await expect.poll(() => total(sidebar, 'gloomy')).toBe(before);
  await row.getByRole('spinbutton', { name: 'Factor for dark' }).fill('0.01');
  await keyboard.press('Enter');
  await expect.poll(() => total(sidebar, 'gloomy')).toBe(0); // none is so sure any more

  await tags.frame.getByRole('button', { name: 'Mapped 1', exact: true }).click();
  const action = row.getByRole('combobox', { name: 'Action for dark' });
  await action.selectOption('Ignore');
  await expect(tags.outcome).toContainText('“dark” is ignored.');
  await expect(row).toBeVisible(); // it stays under the hands of who edits it
  await action.selectOption('Leave as it is');
  await expect.poll(() => total(sidebar, 'dark')).toBe(before);
});

test('mappings come from a CSV file, with a report of every row, and go to one', async ({ folder, workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const before = await total(sidebar, 'dark');
  const tags = new TagsTab(panel.frame);
  await tags.show('Mapping');
  const csv = path.join(folder, 'mapping.csv');
  fs.writeFileSync(csv, 'danbooru_tag,internal_tag_title,action\ndark,gloomy,map\nbright,,ignore\n,gloomy,map\n');
  await tags.button('Import CSV…').click();
  await workbench.chooseFile(csv, 'Import');
  const report = tags.frame.getByRole('region', { name: 'Import of mapping.csv' });
  await expect(report).toContainText('2 added, 0 replaced, 0 kept as they were, 1 refused.');
  await expect(report.getByRole('row', { name: /^4 .*refused/ })).toBeVisible();
  await expect.poll(() => total(sidebar, 'gloomy')).toBe(before);
  await expect.poll(() => total(sidebar, 'bright')).toBe(0);

  fs.writeFileSync(csv, 'danbooru_tag,internal_tag_title,action\ndark,murky,map\n');
  await tags.button('Import CSV…').click();
  await workbench.chooseFile(csv, 'Import');
  await expect(report).toContainText('1 kept as they were');
  await tags.frame.getByRole('checkbox', { name: 'Replace existing rows' }).check();
  await tags.button('Import CSV…').click();
  await workbench.chooseFile(csv, 'Import');
  await expect(report).toContainText('1 replaced');
  await expect.poll(() => total(sidebar, 'murky')).toBe(before);
  await report.getByRole('button', { name: 'Copy Report' }).click();
  await expect(tags.outcome).toContainText('clipboard');
  expect(await workbench.page.evaluate(() => navigator.clipboard.readText())).toContain(
    'mapping.csv: 0 added, 1 replaced',
  );

  fs.writeFileSync(csv, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0]));
  await tags.button('Import CSV…').click();
  await workbench.chooseFile(csv, 'Import');
  await expect(tags.frame.getByRole('alert')).toContainText('is not a CSV file');

  const written = path.join(folder, 'out.csv');
  await tags.button('Export…').click();
  await workbench.chooseFile(written, 'Export');
  await expect(tags.outcome).toContainText(written);
  expect(fs.readFileSync(written, 'utf8')).toContain('murky');
});

test('aliases and implications are added and removed, and a circle is refused where it was typed', async ({
  workbench,
}) => {
  const { sidebar, panel } = await workbench.openDataset();
  const { keyboard } = workbench.page;
  const before = await total(sidebar, 'dark');
  const tags = new TagsTab(panel.frame);
  await tags.show('Aliases and implications');
  const aliases = tags.frame.getByRole('region', { name: 'Aliases', exact: true });
  await aliases.getByRole('textbox', { name: 'Alias' }).fill('gloomy');
  await aliases.getByRole('combobox', { name: 'Means the tag' }).fill('dark');
  await keyboard.press('Enter');
  await expect(aliases.getByRole('button', { name: 'Means the tag: dark' })).toBeFocused();
  await aliases.getByRole('button', { name: 'Add Alias' }).click();
  await expect(aliases.getByRole('row', { name: /^gloomy dark/ })).toBeVisible();
  await aliases.getByRole('button', { name: 'Remove alias gloomy' }).click();
  await expect(aliases).toContainText('No aliases yet.');

  const implications = tags.frame.getByRole('region', { name: 'Implications', exact: true });
  const imply = async (tag: string, other: string) => {
    await implications.getByRole('combobox', { name: 'Tag', exact: true }).fill(tag);
    await keyboard.press('Enter');
    await expect(implications.getByRole('button', { name: `Tag: ${tag}` })).toBeFocused();
    await implications.getByRole('combobox', { name: 'Brings along' }).fill(other);
    await keyboard.press('Enter');
    await expect(implications.getByRole('button', { name: `Brings along: ${other}` })).toBeFocused();
    await implications.getByRole('button', { name: 'Add Implication' }).click();
  };
  await imply('dark', 'needs light');
  await expect(implications.getByRole('row', { name: /^dark/ })).toContainText('needs light');
  await tags.show('Tags');
  await expect.poll(async () => (await tags.row('needs light').count()) && tags.images('needs light')).toBe(before);
  await tags.show('Aliases and implications');
  await imply('needs light', 'dark');
  await expect(implications.getByRole('alert')).toBeVisible();
  await implications.getByRole('button', { name: 'dark no longer brings needs light along' }).click();
  await expect(implications).toContainText('No implications yet.');
});

/** How many images have a value of Lighting; 0 where it is not shown. */
async function total(sidebar: Sidebar, value: string): Promise<number> {
  // At once: a box that goes meanwhile would be waited for.
  const names = await sidebar
    .value('Lighting', value)
    .evaluateAll((boxes) => boxes.map((box) => box.getAttribute('aria-label') ?? ''));
  return names[0] === undefined ? 0 : parseShare(names[0]).total;
}
