import { expect, test } from './fixtures';
import { SAMPLE_PATHS } from './sampleImages';

test.use({ images: 'tagged' });

test('the map is laid out anew with other settings, by keyboard, and a saved view tells of its own', async ({
  workbench,
}) => {
  const { panel } = await workbench.openDataset();
  const { keyboard } = workbench.page;
  const { frame } = panel;
  const total = SAMPLE_PATHS.length;
  await expect(panel.map).toHaveAccessibleName(`Map of ${total} points placed by likeness`);

  // A view of the map as it is.
  await panel.views.click();
  await frame.getByRole('button', { name: 'Save As…' }).click();
  await frame.getByLabel('Save this view as').fill('fifteen');
  await keyboard.press('Enter');
  await expect(panel.views).toHaveAccessibleName('Saved views: fifteen');

  await panel.button('Map settings').focus();
  await keyboard.press('Enter');
  const box = frame.getByRole('dialog', { name: 'Map settings' });
  const neighbors = box.getByLabel('Neighbours');
  await expect(neighbors).toBeFocused();
  await expect(neighbors).toHaveValue('15');
  await expect(box.getByRole('button', { name: 'Lay Out Anew' })).toBeEnabled();
  await neighbors.fill('5');
  await box.getByLabel('Distance', { exact: true }).selectOption('euclidean');
  await neighbors.focus();
  await keyboard.press('Enter');
  await expect(workbench.notification('Lay Out Map finished in')).toBeVisible();
  await expect(box).toBeHidden();

  await panel.button('Map settings').click();
  await expect(neighbors).toHaveValue('5');
  await keyboard.press('Escape');
  await expect(box).toBeHidden();

  // Opening the view starts nothing, but says that its map was another one, and offers it.
  await panel.views.click();
  await frame.getByRole('button', { name: 'fifteen', exact: true }).click();
  const offer = workbench.notification(/was saved with a map of 15 neighbours, least distance 0.1, cosine/);
  await offer.getByRole('button', { name: 'Lay Out Anew' }).click();
  await panel.button('Map settings').click();
  await expect(neighbors).toHaveValue('15');
});
