import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures';
import { SAMPLE_PATHS } from './sampleImages';
import type { Panel } from './panel';
import { parseShare } from './sidebar';

test.use({ images: 'tagged' });

test('a lasso on the map filters grid and facets', async ({ workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const total = SAMPLE_PATHS.length;
  await expect(panel.map).toHaveAccessibleName(`Map of ${total} points placed by likeness`);
  await panel.frame.getByRole('button', { name: /^Lasso/ }).click();
  await dragAroundLeftHalf(panel.map);

  const chip = panel.frame.getByText(/^Selected on the map: \d+$/);
  await expect(chip).toBeVisible();
  const matching = Number((await chip.innerText()).split(': ')[1]);
  expect(matching).toBeGreaterThan(0);
  expect(matching).toBeLessThan(total);
  await panel.expectShare({ matching, total });
  await sidebar.expectShare({ matching, total });
  const completed = await sidebar.share('Status', 'completed');
  expect(completed).toEqual({ matching, total });

  // A facet on top of it narrows both down further, and dropping the lasso leaves the facet.
  const { total: sharp, matching: sharpThere } = await sidebar.share('Clarity', 'sharp');
  await sidebar.pick('Clarity', 'sharp');
  await panel.expectShare({ matching: sharpThere, total });
  await panel.map.focus();
  await workbench.page.keyboard.press('Escape');
  await expect(chip).toHaveCount(0);
  await panel.expectShare({ matching: sharp, total });
});

test('points of the map are reached by keyboard and by mouse', async ({ workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const { keyboard } = workbench.page;
  const total = SAMPLE_PATHS.length;
  await expect(panel.map).toHaveAccessibleName(`Map of ${total} points placed by likeness`);
  const places = await recordHovers(panel);
  await panel.map.focus();
  await keyboard.press('Control+ArrowRight');
  await expect(panel.frame.locator('datavisor-map').getByRole('status')).toHaveText(/^Point \d+ of/);
  await keyboard.press('Enter');
  await expect(panel.details()).toBeVisible();
  await panel.button('Close details').click();
  await expect(panel.details()).toHaveCount(0);

  // Copies of an image lie on top of each other, so that the pointer may find another than the keyboard did.
  const place = await places();
  await panel.map.hover({ position: place });
  await expect(panel.card).toContainText('.');
  const [path] = (await panel.card.innerText()).trim().split('\n');
  await panel.map.click({ position: place });
  await expect(panel.details()).toHaveAttribute('aria-label', `Details of ${path}`);

  await panel.map.focus();
  await keyboard.press('0');
  await keyboard.press('a');
  await expect(panel.selection(`Selected on the map: ${total}`)).toBeVisible();
  for (let i = 0; i < 2; i++) await keyboard.press('+');
  await keyboard.press('a');
  await expect(panel.status).not.toHaveText(`${total} of ${total} images`);
  await sidebar.expectShare(parseShare(await panel.status.innerText()));
});

async function dragAroundLeftHalf(map: Locator): Promise<void> {
  const box = await map.boundingBox();
  if (!box) throw new Error('The map is not on the screen.');
  const { mouse } = map.page();
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await mouse.move(...at(0.01, 0.01));
  await mouse.down();
  for (const [x, y] of [
    [0.5, 0.01],
    [0.45, 0.5],
    [0.5, 0.99],
    [0.01, 0.99],
  ] as const) {
    await mouse.move(...at(x, y), { steps: 4 });
  }
  await mouse.up();
}

/** Listens to what the map tells of points; the answer is where the last one is, from the map's top left. */
async function recordHovers(panel: Panel): Promise<() => Promise<{ x: number; y: number }>> {
  const element = panel.frame.locator('datavisor-map');
  await element.evaluate((map) => {
    map.addEventListener('hover', (event) => {
      const { id, clientX, clientY } = (event as CustomEvent<{ id: number | null; clientX: number; clientY: number }>)
        .detail;
      if (id !== null) (map as HTMLElement).dataset['place'] = JSON.stringify([clientX, clientY]);
    });
  });
  return () =>
    element.evaluate((map) => {
      const [x, y] = JSON.parse((map as HTMLElement).dataset['place'] ?? '[]') as [number, number];
      const box = map.getBoundingClientRect();
      return { x: x - box.left, y: y - box.top };
    });
}
