import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from './fixtures';
import { writeOwnModel } from '../fixtures/models/ownModel';
import { EXACT_COPY, sampleFile } from './sampleImages';

const MARKUP = '<img src=x onerror=alert(1)>';

test.use({ images: 'none' });

test('markup in file names stays text, and failed images say why', async ({ folder, workbench }) => {
  test.skip(process.platform === 'win32', 'Windows has no such file names');
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

test.describe('a workspace that is not trusted', () => {
  test.use({
    settings: {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
      'datavisor.device': 'cpu',
    },
  });

  test('shows and runs none of its own models until it is trusted', async ({ folder, workbench }) => {
    fs.copyFileSync(sampleFile(EXACT_COPY), path.join(folder, 'one.jpg'));
    writeOwnModel(folder, 'shelf', { title: 'Shelves' });
    writeOwnModel(folder, 'broken', { task: 'x' });
    await workbench.command('DataVisor: Try Own Model on Five Images');
    await expect(workbench.notification(/This workspace is not trusted/)).toBeVisible();
    await workbench.command('DataVisor: Manage Models');
    const page = workbench.webview('panel');
    await expect(page.getByRole('article', { name: 'CLIP ViT-B/32' })).toBeVisible();
    for (const name of ['Shelves', 'broken']) await expect(page.getByRole('article', { name })).toHaveCount(0);

    await workbench.command('Workspaces: Manage Workspace Trust');
    await workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench.command('DataVisor: Try Own Model on Five Images');
    const card = page.getByRole('article', { name: 'Shelves' });
    const trial = card.getByRole('region', { name: 'What Shelves says of five images' });
    await expect(trial.getByRole('status')).toHaveText('Looked at 1 image on: CPU. Nothing was stored.');
    await expect(trial.getByRole('list', { name: 'Labels of one.jpg' }).getByRole('listitem')).toHaveCount(5);
    await expect(trial).toContainText('seen as 48 × 32');
    await expect(page.getByRole('article', { name: 'broken' }).getByRole('alert')).toContainText('it cannot be used');
    await expect(page.getByRole('article', { name: 'broken' })).toContainText('task must be "multi-label"');
    await trial.getByRole('button', { name: 'Close what Shelves says' }).click();
    await expect(trial).toHaveCount(0);
    await card.getByRole('button', { name: 'Try on Five Images' }).click();
    await expect(trial.getByRole('status')).toContainText('Looked at 1 image');
  });
});
