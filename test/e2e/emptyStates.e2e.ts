import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from './fixtures';
import { EXACT_COPY, sampleFile } from './sampleImages';

test.use({ images: 'none' });

test('every empty state has its next step, from a damaged database to the first image', async ({
  folder,
  workbench,
}) => {
  const store = path.join(folder, '.datavisor');
  fs.mkdirSync(store);
  fs.writeFileSync(path.join(store, 'datavisor.duckdb'), 'garbage '.repeat(2000));

  const sidebar = await workbench.sidebar();
  const { panel } = workbench;
  const alert = sidebar.frame.getByRole('alert');
  await expect(alert).toContainText('This dataset cannot be shown');
  await expect(alert).toContainText('datavisor.duckdb');
  await workbench.command('DataVisor: Open Dataset');
  await expect(panel.frame.getByRole('alert')).toContainText('This dataset cannot be shown');

  fs.renameSync(store, path.join(folder, '.moved-away'));
  await panel.button('Try Again').click();
  await expect(panel.frame.getByRole('heading', { name: 'photos is not indexed yet' })).toBeVisible();
  await expect(sidebar.frame.getByRole('heading', { name: 'photos is not indexed yet' })).toBeVisible();
  await expect(alert).toHaveCount(0);

  await sidebar.button('Index Only').click();
  await expect(workbench.notification('found no images here')).toBeVisible();
  await expect(sidebar.frame.getByRole('heading', { name: 'No images in photos' })).toBeVisible();
  await expect(panel.frame.getByRole('heading', { name: 'No images in photos' })).toBeVisible();

  fs.copyFileSync(sampleFile(EXACT_COPY), path.join(folder, 'first.jpg'));
  await panel.expectShare({ matching: 1, total: 1 }); // the watcher saw it
  await expect(panel.cell(0)).toHaveAccessibleName('first.jpg, not tagged yet');
  await sidebar.button('Auto-Tag Images').click();
  await workbench.chooseProvider();
  await expect(panel.cell(0)).toHaveAccessibleName(/^first\.jpg, (?!not tagged)/);
});
