import * as path from 'node:path';
import { expect } from './fixtures';
import type { Panel } from './panel';
import { readDatabase } from './readDatabase';
import { writeModelFiles } from './replicaModels';
import { SAMPLE_PATHS } from './sampleImages';
import { test } from './withModels';

const CLIP = 'CLIP ViT-B/32';
const FINISHED = { timeout: 120_000 };
const total = SAMPLE_PATHS.length;

/** What the first cells say of how alike their images are. */
async function scores(panel: Panel, count: number): Promise<number[]> {
  const found: number[] = [];
  for (let index = 0; index < count; index++) {
    await expect(panel.cell(index)).toHaveAccessibleName(/, similarity -?[\d.]+/);
    found.push(Number(/similarity (-?[\d.]+)/.exec((await panel.cell(index).getAttribute('aria-label')) ?? '')?.[1]));
  }
  return found;
}

const descending = (values: readonly number[]) => [...values].sort((a, b) => b - a);

test.use({ images: 'tagged' });

test('what looks like an image comes in order, is sorted otherwise, tagged, and left', async ({
  page,
  folder,
  workbench,
}) => {
  const { panel, sidebar } = await workbench.openDataset();
  const sortBy = panel.frame.getByRole('combobox', { name: 'Sort by' });
  await expect(sortBy.getByRole('option', { name: 'Similarity' })).toBeDisabled();
  const image = await panel.path(3);
  const name = path.posix.basename(image);
  await panel.cell(3).click();
  await panel.details(image).getByRole('button', { name: 'Find Similar' }).click();
  await expect(panel.frame.getByText(`Similar to ${name}: ${total}`)).toBeVisible();
  await expect(sortBy).toHaveValue('similarity');
  await expect.poll(() => panel.path(0)).toBe(image); // the one asked about comes first
  const best = await scores(panel, 6);
  expect(best[0]).toBe(1);
  expect(best).toEqual(descending(best));
  await expect(panel.details(image).getByRole('region', { name: 'File' })).toContainText('Similarity');

  // What is found can be narrowed down, and tagged as a whole.
  const dark = await sidebar.share('Lighting', 'dark');
  await sidebar.pick('Lighting', 'dark');
  await panel.expectShare({ matching: dark.total, total });
  await expect(sortBy).toHaveValue('similarity');
  await panel.button('Tag all images shown').click();
  await panel.tagBar.getByRole('combobox').fill('like that one');
  await page.keyboard.press('Enter');
  await expect(panel.outcome).toContainText('like that one');
  const tagged = await readDatabase(
    folder,
    `SELECT count(*)::INTEGER AS n FROM sample_tags WHERE tag = 'like that one'`,
  );
  expect(tagged).toEqual([{ n: dark.total }]);

  await sidebar.value('Lighting', 'dark').click();
  await panel.expectShare({ matching: total, total });
  await sortBy.selectOption('Path');
  await expect(sortBy).toHaveValue('path');
  await expect.poll(() => panel.path(0)).toBe([...SAMPLE_PATHS].sort()[0]);
  await panel.button('Drop selection').click();
  await panel.expectShare({ matching: total, total });
  await expect(panel.cell(0)).not.toHaveAccessibleName(/similarity/);
  await expect(sortBy.getByRole('option', { name: 'Similarity' })).toBeDisabled();
});

test('F finds what looks like the current or the selected images, in the grid and on the map', async ({
  page,
  workbench,
}) => {
  const { panel } = await workbench.openDataset();
  const image = await panel.path(1);
  await panel.cell(1).click();
  await page.keyboard.press('f');
  await expect(panel.frame.getByText(`Similar to ${path.posix.basename(image)}: ${total}`)).toBeVisible();
  await expect.poll(() => panel.path(0)).toBe(image);
  const second = await panel.path(1);
  await panel.cell(0).click({ modifiers: ['Control'] });
  await panel.cell(1).click({ modifiers: ['Control'] });
  await panel.button('Find similar').click();
  await expect(panel.frame.getByText(`Similar to 2 images: ${total}`)).toBeVisible();
  await expect.poll(async () => [await panel.path(0), await panel.path(1)].sort()).toEqual([image, second].sort());
  await panel.button('Clear selection').click();
  await panel.button('Drop selection').click();

  await panel.map.focus();
  await page.keyboard.press('f'); // the open image, as no point is the current one
  await expect(panel.frame.getByText(/^Similar to .*: \d+$/)).toBeVisible();
  await panel.button('Drop selection').click();
  await panel.cell(2).click({ modifiers: ['Control'] });
  await workbench.command('DataVisor: Find Similar Images');
  await expect(panel.frame.getByText(/^Similar to .*: \d+$/)).toBeVisible();
});

test('a text finds images, the best first', async ({ scratch, workbench }) => {
  writeModelFiles(path.join(scratch, 'models'), 'clip-vit-base-patch32');
  await workbench.command('DataVisor: Embed and Map');
  await workbench.pick(CLIP);
  const { panel } = await workbench.openDataset();
  await expect(panel.map).toHaveAccessibleName(`Map of ${total} points placed by likeness`, FINISHED);
  await workbench.command('DataVisor: Search by Text');
  await workbench.type('a photo taken at night');
  await expect(panel.frame.getByText(`Found by “a photo taken at night”: ${total}`)).toBeVisible(FINISHED);
  const found = await scores(panel, 8);
  expect(found).toEqual(descending(found));
  expect(found[0]).toBeGreaterThan(found[7]);
  await panel.frame.getByRole('button', { name: 'Sort descending' }).click();
  await expect.poll(async () => (await scores(panel, 1))[0]).toBeLessThan(found[7]);
});
