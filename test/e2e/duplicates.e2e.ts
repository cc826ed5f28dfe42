import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect } from './fixtures';
import { writeModelFiles } from './replicaModels';
import { test } from './withModels';

const DINO = 'DINOv2 Small';
const FINISHED = { timeout: 120_000 };

test.use({ images: 'tagged' });

test('duplicates are looked at side by side, decided with keys, undone, and never deleted without a trash', async ({
  folder,
  page,
  workbench,
}) => {
  const { panel } = await workbench.openDataset();
  await panel.tab('Duplicates').click();
  const { frame } = panel;
  const groups = frame.getByRole('listbox', { name: 'Groups of duplicates' });
  await expect(groups.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  const cards = frame.getByRole('article');
  await expect(cards.first().getByRole('img').first()).not.toHaveJSProperty('naturalWidth', 0);
  await expect(cards.first()).toContainText(/Pixels\s*\d+ × \d+/);
  await expect(frame.getByText(/^Suggested: /)).toBeVisible();
  const trash = frame.getByRole('button', { name: /^Move \d+ files? to Trash…$/i });
  await expect(trash).toBeDisabled();

  await groups.focus();
  await page.keyboard.press('2');
  await expect(cards.nth(1).getByRole('radio')).toBeChecked();
  await expect(frame.getByText('Your choice.')).toBeVisible();
  const marked = await cards.first().getAttribute('aria-label');
  await page.keyboard.press('Enter');
  await expect(trash).toBeEnabled();
  await expect(groups.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('k');
  await expect(cards.first()).toContainText('to remove');
  await expect(cards.first()).toContainText('duplicate-to-remove');

  await trash.click();
  const dialog = page.getByRole('dialog').filter({ hasText: 'to the trash?' });
  await expect(dialog).toContainText(folder);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(fs.existsSync(path.join(folder, marked!))).toBe(true);
  await trash.click();
  await dialog.getByRole('button', { name: 'Move to Trash' }).click();
  await expect(frame.getByRole('alert')).toContainText('no trash'); // a server has none
  expect(fs.existsSync(path.join(folder, marked!))).toBe(true);

  await frame.getByRole('button', { name: /^Undo/ }).click();
  await expect(trash).toBeDisabled();
  await frame.getByRole('button', { name: /^Keep the Best of \d+ Groups/i }).click();
  await expect(trash).toBeEnabled();
  await frame.getByRole('checkbox', { name: 'Not decided' }).check();
  await expect(frame.getByText('No such group')).toBeVisible();
});

test('near duplicates are found by the vectors of a model, and forgotten again', async ({
  page,
  scratch,
  workbench,
}) => {
  writeModelFiles(path.join(scratch, 'models'), 'dinov2-small');
  const { panel } = await workbench.openDataset();
  await panel.tab('Duplicates').click();
  const find = panel.frame.getByRole('button', { name: 'Find by Embedding…' });
  const groups = panel.frame.getByRole('listbox', { name: 'Groups of duplicates' });
  const byModel = groups.getByRole('option', { name: /at least \d+\.\d % alike by DINOv2 Small/ });
  await expect(groups.getByRole('option').first()).toBeVisible();
  await find.click();
  await workbench
    .notification(/found already/)
    .getByRole('button', { name: 'Embed and Map…' })
    .click();
  await workbench.pick(DINO);
  await expect(workbench.notification(/Embed and Map finished/)).toBeVisible(FINISHED);
  await workbench.clearNotifications();
  await expect(byModel).toHaveCount(0);

  await find.click();
  await workbench.pick(DINO);
  const input = page.locator('.quick-input-widget input.input');
  await expect(input).toHaveValue('95');
  await input.fill('101');
  await expect(page.locator('.quick-input-message')).toContainText('A number from 50 to 99.9.');
  await workbench.type('90');
  await expect(workbench.notification(/Find Near Duplicates by Embedding finished/)).toBeVisible();
  await byModel.first().click();
  await expect(panel.frame.getByRole('article').last()).toContainText(/% alike by DINOv2 Small/);

  await workbench.command('DataVisor: Find Near Duplicates by Embedding');
  await expect(page.locator('.quick-input-list')).toContainText(/\d+ pairs? found from 90 % on/);
  await workbench.pick(`Forget what ${DINO} found`);
  await expect(byModel).toHaveCount(0);
});

test('the threshold of an issue is moved, and its images shown', async ({ workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  await panel.tab('Quality').click();
  const dark = panel.frame.getByRole('region', { name: 'Dark' });
  const slider = dark.getByRole('slider', { name: 'Threshold of Dark', exact: true });
  const having = async () => Number(/^(\d+) of/.exec((await dark.getByRole('status').textContent()) ?? '')?.[1]);
  const before = await having();
  await slider.fill('40');
  await expect.poll(having).toBeGreaterThan(before);
  await dark.getByRole('button', { name: 'Back to 15 for Dark' }).click();
  await expect.poll(having).toBe(before);
  await slider.fill('40');
  const at40 = await having();
  await expect.poll(async () => (await sidebar.share('Quality issues', 'dark')).total).toBe(at40);
  await dark.getByRole('button', { name: 'Show These Images' }).click();
  await expect(panel.tab('Images')).toHaveAttribute('aria-selected', 'true');
  await expect.poll(async () => (await sidebar.share('Quality issues', 'dark')).matching).toBe(at40);
});
