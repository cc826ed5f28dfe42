import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from './fixtures';
import { EXACT_COPY, SAMPLE_PATHS, sampleFile } from './sampleImages';

const FINISHED = { timeout: 90_000 };
const total = SAMPLE_PATHS.length;

test.use({ images: 'tagged' });

test.describe('what failed', () => {
  // Nothing but the button below shall notice that the file was repaired.
  test.use({ settings: { 'files.watcherExclude': { '**': true } } });

  test('is listed with its reason, and tried again once it was repaired', async ({ folder, workbench }) => {
    const whole = fs.readFileSync(sampleFile(EXACT_COPY));
    const broken = path.join(folder, 'broken.jpg');
    fs.writeFileSync(broken, whole.subarray(0, 4000));
    fs.writeFileSync(path.join(folder, 'text.jpg'), 'not an image');
    const { sidebar, panel } = await workbench.openDataset();
    const runs = await panel.runs();
    await expect(runs.failures).toContainText('No image failed.');
    await expect(runs.provider('Built-in tagger').getByRole('img')).toHaveAccessibleName(
      `${total} completed, 0 pending, 0 failed`,
    );

    await workbench.command('DataVisor: Auto-Tag');
    await workbench.chooseProvider();
    await expect(workbench.notification(/Auto-Tag finished.*2 images failed/)).toBeVisible(FINISHED);
    const row = runs.failures.getByRole('row').filter({ hasText: 'broken.jpg' });
    await expect(row).toContainText(/cut off[^]*1 time/); // a reason in words, and how often it was tried
    await expect(runs.failures.getByRole('row').filter({ hasText: 'text.jpg' })).toContainText(
      'once the file has changed',
    );
    await expect(runs.frame.getByText('2 files cannot be read by any provider')).toBeVisible();

    await runs.button('Show These Images').click();
    await panel.expectShare({ matching: 2, total: total + 2 });
    await expect(sidebar.filter).toHaveValue('status:failed');
    await panel.runs();
    await runs.failures.getByRole('button', { name: 'Open broken.jpg' }).click();
    await expect(panel.details('broken.jpg')).toContainText('failed: ');

    fs.writeFileSync(broken, whole);
    await panel.runs();
    await runs.button('Retry all failed images').press('Enter');
    await expect(runs.failures.getByRole('row').filter({ hasText: 'broken.jpg' })).toHaveCount(0, FINISHED);
    await expect(runs.failures.getByRole('row').filter({ hasText: 'text.jpg' })).toBeVisible();
    await expect(runs.provider('Built-in tagger').getByRole('img')).toHaveAccessibleName(/^\d+ completed, 0 pending/);
  });
});

test('a run is undone after a look at what that would do, and restored', async ({ workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const dark = await sidebar.share('Lighting', 'dark');
  const runs = await panel.runs();
  const run = runs.run(/^Tagging with Built-in tagger/);
  await expect(run).toHaveAccessibleName(/, finished$/);
  await run.getByRole('button', { name: /^Details of/ }).click();
  await expect(run).toContainText(new RegExp(`tags of ${total} images come from it`));

  await run.getByRole('button', { name: /^Undo Run…: / }).press('Enter');
  const question = run.getByRole('group', { name: /^Undo Tagging/ });
  await expect(question).toContainText(new RegExp(`predictions of ${total} images are set aside`));
  await expect(question).toContainText(/[\d,]+ tags go\./);
  await expect(question).toContainText('No earlier tag comes back.');
  await question.getByRole('button', { name: 'Keep Run' }).click();
  await expect(question).toHaveCount(0);
  expect(await sidebar.share('Lighting', 'dark')).toEqual(dark);

  await run.getByRole('button', { name: /^Undo Run…: / }).press('Enter');
  await expect(question).toContainText('are set aside'); // only what was seen can be agreed to
  await question.getByRole('button', { name: 'Undo Run' }).press('Enter');
  await expect(run).toHaveAccessibleName(/, undone$/);
  await expect(sidebar.value('Lighting', 'dark')).toHaveCount(0); // no image has one: the facet says so instead
  await expect(runs.announcement).toContainText('Undone: Tagging with Built-in tagger');

  await run.getByRole('button', { name: /^Restore: / }).press('Enter');
  await expect(run).toHaveAccessibleName(/, finished$/);
  await expect.poll(() => sidebar.share('Lighting', 'dark')).toEqual(dark);
});
