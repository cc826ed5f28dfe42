import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from './fixtures';
import { SAMPLE_PATHS } from './sampleImages';

test.use({ images: 'tagged' });

test('each folder of a workspace is a dataset', async ({ folder, openWindow }) => {
  const parent = path.dirname(folder);
  const other = path.join(parent, 'scans');
  fs.mkdirSync(other);
  const images = SAMPLE_PATHS.slice(0, 3);
  images.forEach((image, i) =>
    fs.copyFileSync(path.join(folder, image), path.join(other, `${i}${path.extname(image)}`)),
  );
  const workspace = path.join(parent, 'both.code-workspace');
  fs.writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'photos' }, { path: 'scans' }] }));

  const window = await openWindow({ workspace });
  const { sidebar, panel } = await window.openDataset();
  const total = SAMPLE_PATHS.length;
  await expect(sidebar.button(`photos, ${total} images, shown`)).toBeVisible();
  await sidebar.pick('Lighting', 'dark');
  const { total: dark } = await sidebar.share('Lighting', 'dark');
  await panel.expectShare({ matching: dark, total });

  await sidebar.datasets.getByRole('button', { name: /^scans/ }).click();
  await expect(sidebar.frame.getByRole('heading', { name: 'scans is not indexed yet' })).toBeVisible();
  await expect(panel.frame.getByRole('heading', { name: 'scans is not indexed yet' })).toBeVisible();
  await panel.button('Auto-Tag').click();
  await window.chooseProvider();
  await expect(window.notification(/Auto-Tag finished.*: 3 images/)).toBeVisible();
  await panel.expectShare({ matching: 3, total: 3 });

  // The palette asks which one is meant.
  await window.command('DataVisor: Open Dataset');
  await window.pick('photos');
  await panel.expectShare({ matching: dark, total }); // each has its own filter
  await expect(sidebar.value('Lighting', 'dark')).toBeChecked();
});
