import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from './fixtures';
import { EXACT_COPY, sampleFile } from './sampleImages';

const MARKUP = '<img src=x onerror=alert(1)>';

test.use({ images: 'none' });
test.skip(process.platform === 'win32', 'Windows has no such file names');

test('markup in file names stays text, and failed images say why', async ({ folder, workbench }) => {
  const image = sampleFile(EXACT_COPY);
  fs.mkdirSync(path.join(folder, MARKUP));
  fs.copyFileSync(image, path.join(folder, MARKUP, `${MARKUP}.jpg`));
  fs.copyFileSync(image, path.join(folder, `"quoted" & 'so'\nnext line.jpg`));
  fs.writeFileSync(path.join(folder, 'text.jpg'), 'not an image');
  fs.writeFileSync(path.join(folder, 'half.jpg'), fs.readFileSync(image).subarray(0, 4000));

  await workbench.command('DataVisor: Auto-Tag');
  await workbench.chooseProvider();
  const outcome = workbench.notification(/Auto-Tag finished.*: 4 images, \d processed, 2 images failed/);
  await outcome.getByRole('button', { name: 'Show Failures' }).click();
  const { panel } = workbench;
  await panel.expectShare({ matching: 2, total: 4 });
  await expect(panel.cell(0)).toHaveAccessibleName(/^half\.jpg, failed: .{10}/);
  await expect(panel.cell(1)).toHaveAccessibleName(/^text\.jpg, failed: .{10}/);
  await panel.cell(1).click();
  await expect(panel.details('text.jpg')).toContainText('failed: ');

  const sidebar = await workbench.sidebar();
  await sidebar.button('Clear filter').click();
  await expect(sidebar.value('Folder', MARKUP)).toBeVisible();
  await sidebar.pick('Folder', MARKUP);
  await panel.expectShare({ matching: 1, total: 4 });
  await panel.cell(0).hover();
  await expect(panel.card).toContainText(`${MARKUP}/${MARKUP}.jpg`);
  await panel.cell(0).click();
  await expect(panel.details(`${MARKUP}/${MARKUP}.jpg`).getByRole('heading', { level: 2 })).toHaveText(`${MARKUP}.jpg`);
  for (const frame of [panel.frame, sidebar.frame]) await expect(frame.locator('img[src="x"]')).toHaveCount(0);
});
