import { expect, test } from './fixtures';
import { SAMPLE_PATHS } from './sampleImages';
import { parseShare } from './sidebar';

test.use({ images: 'tagged' });

test('facets and text narrow down the grid and each other', async ({ workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const total = SAMPLE_PATHS.length;
  await panel.expectShare({ matching: total, total });
  const dark = await sidebar.share('Lighting', 'dark');
  const sharp = await sidebar.share('Clarity', 'sharp');
  expect(dark.matching).toBe(dark.total);

  await sidebar.pick('Lighting', 'dark');
  await sidebar.expectShare({ matching: dark.total, total });
  await panel.expectShare({ matching: dark.total, total });
  await expect(panel.cells).toHaveCount(dark.total);
  for (const cell of await panel.cells.all()) await expect(cell).toHaveAccessibleName(/, dark(,|$)/);

  // Other facets count what is left; the picked one goes on telling what else there would be.
  await expect(sidebar.value('Clarity', 'sharp')).not.toHaveAccessibleName(
    `sharp, ${sharp.matching} of ${sharp.total} images`,
  );
  const both = await sidebar.share('Clarity', 'sharp');
  expect(both.total).toBe(sharp.total);
  expect(both.matching).toBeGreaterThan(0);
  const normal = await sidebar.share('Lighting', 'normal');
  expect(normal.matching).toBe(normal.total);

  await sidebar.pick('Clarity', 'sharp');
  await sidebar.expectShare({ matching: both.matching, total });
  await expect(panel.cells).toHaveCount(both.matching);
  for (const cell of await panel.cells.all()) {
    await expect(cell).toHaveAccessibleName(/, dark(,|$)/);
    await expect(cell).toHaveAccessibleName(/, sharp(,|$)/);
  }
  await expect(sidebar.frame.getByRole('button', { name: /^Lighting/ })).toContainText('1 picked');

  // A legend entry of the map is the same facet.
  await panel.button(`dark, ${both.matching} of ${dark.total} images`).click();
  await expect(sidebar.value('Lighting', 'dark')).not.toBeChecked();
  await sidebar.button('Clear filter').click();
  await sidebar.expectShare({ matching: total, total });
  await expect(sidebar.value('Clarity', 'sharp')).not.toBeChecked();

  await sidebar.filter.fill('folder:night -tag:dark OR width<100');
  await expect(sidebar.status).not.toHaveText(`${total} of ${total} images`);
  const found = parseShare(await sidebar.status.innerText());
  const tiny = SAMPLE_PATHS.filter((image) => image.startsWith('shapes/tiny')).length;
  expect(found.matching).toBeGreaterThanOrEqual(tiny);
  await panel.expectShare(found);

  await sidebar.filter.fill('night shape:round');
  const alert = sidebar.frame.getByRole('alert');
  await expect(alert).toContainText('shape');
  await expect(alert.getByLabel('at character 7')).toHaveText('night shape:round');
  await panel.expectShare(found); // the last filter that could be understood goes on

  await sidebar.filter.fill('no such image anywhere');
  await expect(alert).toHaveCount(0);
  await panel.expectShare({ matching: 0, total });
  await expect(panel.frame.getByRole('heading', { name: 'No image passes the filter' })).toBeVisible();
  await panel.frame.getByRole('button', { name: 'Clear Filter', exact: true }).click();
  await panel.expectShare({ matching: total, total });
  await expect(sidebar.filter).toHaveValue('');
});
