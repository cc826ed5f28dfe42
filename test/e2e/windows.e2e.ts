import { expect, test } from './fixtures';
import { SAMPLE_PATHS } from './sampleImages';

test.use({ images: 'tagged' });

test('a reload finds the panel, the filter and the tags again', async ({ workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const total = SAMPLE_PATHS.length;
  const { total: dark } = await sidebar.share('Lighting', 'dark');
  await sidebar.pick('Lighting', 'dark');
  await panel.expectShare({ matching: dark, total });
  await sidebar.filter.fill('folder:night');
  await expect(sidebar.status).not.toHaveText(`${dark} of ${total} images`);
  const shown = await sidebar.status.innerText();
  const first = await panel.path(0);
  await panel.cell(0).click();
  await expect(panel.details(first)).toBeVisible();

  await workbench.saved(/datavisor\.panel.*openId[\\":]+\d/);
  await workbench.reload();
  await expect(workbench.panel.status).toHaveText(shown);
  await expect(workbench.panel.details(first).getByRole('region', { name: 'Tags' })).toContainText('dark');
  const again = await workbench.sidebar();
  await expect(again.value('Lighting', 'dark')).toBeChecked();
  await expect(again.filter).toHaveValue('folder:night');
  await expect(again.status).toHaveText(shown);
});

test('a second window reads while the first one holds the dataset', async ({ folder, openWindow }) => {
  const first = await openWindow({ folder });
  const { sidebar: writer } = await first.openDataset();
  const second = await openWindow({ folder });
  const { sidebar: reader, panel } = await second.openDataset();
  const total = SAMPLE_PATHS.length;
  await expect(reader.datasets).toContainText('Read-only:');
  const { total: dark } = await reader.share('Lighting', 'dark');
  await reader.pick('Lighting', 'dark');
  await panel.expectShare({ matching: dark, total });

  await second.command('DataVisor: Auto-Tag');
  await second.chooseProvider();
  await expect(second.notification(/DataVisor: .*(another|other)/)).toBeVisible();
  await panel.expectShare({ matching: dark, total }); // what could be seen still can
  await expect(writer.value('Lighting', 'dark')).not.toBeChecked(); // each window has a filter of its own
  await writer.pick('Lighting', 'dark');
  await first.panel.expectShare({ matching: dark, total });
  await first.command('DataVisor: Auto-Tag');
  await first.chooseProvider();
  await expect(first.notification(/Auto-Tag finished/)).toBeVisible();
});
