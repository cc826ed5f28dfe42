import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from './fixtures';
import { SAMPLE_PATHS } from './sampleImages';

const FINISHED = { timeout: 90_000 };

test('Auto-Tag from the palette fills the facets', async ({ workbench }) => {
  await workbench.command('DataVisor: Auto-Tag');
  await workbench.chooseProvider();
  const { length } = SAMPLE_PATHS;
  const outcome = workbench.notification(new RegExp(`Auto-Tag finished in .*: ${length} images, ${length} processed`));
  await expect(outcome).toBeVisible(FINISHED);
  const sidebar = await workbench.sidebar();
  await expect(sidebar.facet('Lighting').getByRole('checkbox')).toHaveCount(4);
  const dark = SAMPLE_PATHS.filter((image) => /^(dark|night)\//.test(image)).length;
  await expect(sidebar.value('Lighting', 'dark')).toBeVisible();
  expect((await sidebar.share('Lighting', 'dark')).total).toBeGreaterThanOrEqual(dark);
});

test('Auto-Tag from the context menu of a folder takes that folder', async ({ workbench }) => {
  const { length } = SAMPLE_PATHS.filter((image) => image.startsWith('night/'));
  await workbench.contextMenu(workbench.explorerRow('night'), 'DataVisor: Auto-Tag');
  await workbench.chooseProvider();
  await expect(workbench.notification(new RegExp(`Auto-Tag finished.*: ${length} images`))).toBeVisible(FINISHED);
});

test.describe('a long run', () => {
  const COPIES = 80;

  test('says how far it is, refuses a second one, is cancelled, and goes on later', async ({ folder, workbench }) => {
    // Links cost nothing to make. Their folder is the last one, so that the sample's own images come first.
    const many = path.join(folder, 'zz');
    fs.mkdirSync(many);
    for (const image of SAMPLE_PATHS) {
      for (let i = 0; i < COPIES; i++) {
        fs.linkSync(path.join(folder, image), path.join(many, `${i} ${image.replaceAll('/', ' ')}`));
      }
    }
    const total = SAMPLE_PATHS.length * (COPIES + 1);
    await workbench.command('DataVisor: Auto-Tag');
    await workbench.chooseProvider();
    const progress = workbench.notification(/DataVisor: Auto-Tag \(photos\)/);
    await expect(progress).toContainText(new RegExp(`Tagging [1-9][\\d,]* of ${total.toLocaleString('en')}`), FINISHED);
    await expect(progress).toContainText(/\d\/s/);

    await workbench.command('DataVisor: Auto-Tag');
    await expect(workbench.notification('Auto-Tag is already running on photos.')).toBeVisible();
    await progress.hover();
    await progress.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(workbench.notification(/Auto-Tag was cancelled.*is kept.*run it again to go on/)).toBeVisible();
    await expect(progress).toHaveCount(0);

    const sidebar = await workbench.sidebar();
    await expect(sidebar.frame.getByRole('region', { name: 'Last run' })).toContainText('was cancelled');
    const kept = await sidebar.share('Status', 'completed');
    expect(kept.total).toBeGreaterThan(0);
    expect(kept.total).toBeLessThan(total);

    fs.rmSync(many, { recursive: true }); // what is left is done soon
    await sidebar.button('Auto-Tag New Images').or(sidebar.button('Auto-Tag Images')).click();
    const outcome = workbench.notification(/Auto-Tag finished in .*: \d+ images/);
    await expect(outcome).toBeVisible(FINISHED);
    await expect(outcome).toContainText(`: ${SAMPLE_PATHS.length} images`);
    await expect(sidebar.value('Status', 'completed')).toHaveAccessibleName(
      new RegExp(` of ${SAMPLE_PATHS.length} images`),
    );
  });
});
