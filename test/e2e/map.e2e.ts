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

test('the map is coloured by a measure, and its legend selects a range', async ({ workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const total = SAMPLE_PATHS.length;
  await colorBy(panel, 'Overexposed');
  const legend = panel.frame.getByRole('form', { name: /^Colours of the map: Overexposed from / });
  await expect(legend).toBeVisible();
  await legend.getByRole('spinbutton', { name: 'From' }).fill('5');
  await legend.getByRole('button', { name: 'Select' }).click();
  const matching = await selectedOnMap(panel);
  expect(matching).toBeGreaterThan(0);
  expect(matching).toBeLessThan(total);
  await panel.expectShare({ matching, total });
  // the tagger calls overexposed what has a large share of white
  const { total: overexposed } = await sidebar.share('Attributes', 'overexposed');
  expect(matching).toBeGreaterThanOrEqual(overexposed);

  // A tag is a colour, too.
  await colorBy(panel, 'One tag');
  await panel.frame.getByRole('combobox', { name: 'Which tag' }).fill('dark');
  await panel.frame.getByRole('option', { name: /^dark/ }).first().click();
  const colors = panel.frame.getByRole('list', { name: 'Colours of the map' });
  await expect(colors.getByRole('button')).toHaveText([/^\s*dark/]);
  await colors.getByRole('button', { name: /^dark/ }).click();
  await expect(sidebar.value('Lighting', 'dark')).toBeChecked();
});

test('clusters are read out, selected by keyboard and added to each other', async ({ workbench }) => {
  const { panel } = await workbench.openDataset();
  const { keyboard } = workbench.page;
  await colorBy(panel, 'Cluster');
  const clusters = panel.frame.getByRole('list', { name: 'Clusters of the map' }).getByRole('button');
  await expect(clusters.nth(1)).toBeVisible();
  const sizeOf = async (index: number) => {
    const name = (await clusters.nth(index).getAttribute('aria-label')) ?? '';
    return Number(/(\d+) images?$/.exec(name)?.[1]);
  };
  const [first, second] = [await sizeOf(0), await sizeOf(1)];
  await clusters.nth(0).focus();
  await keyboard.press('Enter');
  await expect(panel.selection(`Selected on the map: ${first}`)).toBeVisible();
  await expect(panel.frame.locator('datavisor-map').getByRole('status')).toHaveText(
    new RegExp(`^${first} of \\d+ points selected$`),
  );
  await expect(clusters.nth(1)).toHaveAttribute('aria-label', new RegExp(`, 0 of ${second} image`));
  await clusters.nth(1).click({ modifiers: ['ControlOrMeta'] });
  await expect(panel.selection(`Selected on the map: ${first + second}`)).toBeVisible();
  await panel.map.focus();
  await keyboard.press('Escape');
  await expect(panel.frame.getByText(/^Selected on the map/)).toHaveCount(0);
});

test('a rectangle selects, and with Alt takes away', async ({ workbench }) => {
  const { panel } = await workbench.openDataset();
  const { keyboard } = workbench.page;
  const total = SAMPLE_PATHS.length;
  await expect(panel.map).toHaveAccessibleName(`Map of ${total} points placed by likeness`);
  await panel.frame.getByRole('button', { name: /^Rectangle/ }).click();
  await dragAcross(panel.map, [0.01, 0.01], [0.85, 0.99]);
  const all = await selectedOnMap(panel);
  await keyboard.down('Alt');
  await dragAcross(panel.map, [0.01, 0.01], [0.4, 0.99]);
  await keyboard.up('Alt');
  await expect(panel.selection(`Selected on the map: ${all}`)).toHaveCount(0);
  const fewer = await selectedOnMap(panel);
  expect(fewer).toBeLessThan(all);
  await panel.expectShare({ matching: fewer, total });
});

test('the map comes back after the graphics context was lost', async ({ workbench }) => {
  const { panel } = await workbench.openDataset();
  const map = panel.frame.locator('datavisor-map');
  await expect(panel.map).toHaveAccessibleName(/^Map of \d+ points/);
  await expect(panel.frame.locator('.map-clusters')).toBeVisible();
  const before = await map.screenshot();
  await map.evaluate((element) => {
    const canvas = element.shadowRoot?.querySelector('canvas');
    const lose = canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context');
    if (!lose) throw new Error('There is no WebGL to lose.');
    Object.assign(element, { lose });
    lose.loseContext();
  });
  const notice = map.getByText('The graphics driver was reset');
  await expect(notice).toBeVisible();
  await map.evaluate((element) => (element as HTMLElement & { lose: WEBGL_lose_context }).lose.restoreContext());
  await expect(notice).toHaveCount(0);
  await expect.poll(async () => before.equals(await map.screenshot())).toBe(true);
});

/** How many images the toolbar says are selected on the map, once there are some. */
async function selectedOnMap(panel: Panel): Promise<number> {
  const chip = panel.frame.getByText(/^Selected on the map: \d+$/);
  await expect(chip).toBeVisible();
  return Number((await chip.innerText()).split(': ')[1]);
}

async function colorBy(panel: Panel, choice: string): Promise<void> {
  await panel.frame.getByRole('combobox', { name: 'Colour by' }).selectOption({ label: choice });
}

async function dragAcross(map: Locator, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const box = await map.boundingBox();
  if (!box) throw new Error('The map is not on the screen.');
  const { mouse } = map.page();
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await mouse.move(...at(from));
  await mouse.down();
  await mouse.move(...at(to), { steps: 5 });
  await mouse.up();
}

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
