// node test/kit/takeScreenshots.mjs [FOLDER]: draws the sample dataset, runs the main job on it and takes the pictures
// of the README in a real VS Code. They go to FOLDER, or to media/.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, expect } from '@playwright/test';
import sharp from 'sharp';
import { bootstrap } from './bootstrap.mjs';
import { CHECKOUT, inCheckout } from './checkout.mjs';
import { chromiumOptions } from './chromium.mjs';
import { installServer } from './installServer.mjs';
import { openPanel } from './openPanel.mjs';
import { sampleImages } from './sampleImages.mjs';
import { QUIET_SETTINGS } from './serverSettings.mjs';
import { THEMES } from './themes.mjs';
import { startServer } from './vscodeServer.mjs';

const PICKS = /** @type {const} */ ([
  ['Lighting', 'dark'],
  ['Lighting', 'normal'],
  ['Clarity', 'sharp'],
  ['Folder', 'day'],
  ['Folder', 'night'],
]);

bootstrap({ tests: true });
const target = path.resolve(process.argv[2] ?? inCheckout('media'));
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-pictures-'));
try {
  const photos = path.join(scratch, 'travel-photos');
  fs.cpSync(sampleImages(), photos, { recursive: true });
  execFileSync(process.execPath, [inCheckout('dist', 'cli.js'), 'run', photos], { stdio: 'inherit' });
  for (const [name, theme] of Object.entries(THEMES)) {
    await takePictures(photos, theme, async (part, png) => {
      if (part === 'review' && name !== 'dark') return;
      const file = path.join(target, `screenshot-${part === 'images' ? name : part}.png`);
      const picture = await sharp(png).png({ palette: true, quality: 90, effort: 10 }).toBuffer();
      fs.writeFileSync(file, picture);
      console.log(`${file}: ${(picture.length / 1000).toFixed(0)} kB`);
    });
  }
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}

/**
 * Moves the crowd of points into the middle: one group of the sample lies far from all others.
 * @param {import('@playwright/test').Locator} map
 */
async function zoomMap(map) {
  const box = await map.boundingBox();
  if (!box) throw new Error('The map is not on the screen.');
  const { mouse } = map.page();
  const [x, y] = [box.x + 0.5 * box.width, box.y + 0.24 * box.height];
  await mouse.move(x, y);
  await mouse.wheel(0, -280);
  await mouse.down();
  await mouse.move(x, y + 0.24 * box.height, { steps: 5 });
  await mouse.up();
}

/**
 * @param {string} folder
 * @param {string} theme
 * @param {(part: 'images' | 'review', png: Buffer) => Promise<void>} keep
 */
async function takePictures(folder, theme, keep) {
  const settings = { ...QUIET_SETTINGS, 'workbench.colorTheme': theme, 'window.title': 'travel-photos' };
  const server = await startServer(installServer(), { extension: CHECKOUT, settings });
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 860 } });
    const { sidebar, panel } = await openPanel(page, server.url({ folder }));
    for (const [facet, value] of PICKS) {
      const box = sidebar.getByRole('group', { name: facet }).getByRole('checkbox', { name: new RegExp(`^${value},`) });
      await box.click();
      await expect(box).toBeChecked();
    }
    await expect(panel.getByRole('list', { name: 'Colours of the map' })).toContainText(/bright 0 \/ /);
    await expect(panel.getByRole('grid', { name: 'Images' })).toHaveAttribute('aria-busy', 'false');
    const balloons = panel.getByRole('gridcell', { name: /balloons 02/ });
    await balloons.click();
    await expect(panel.getByRole('complementary').getByRole('img', { name: /^Thumbnail/ })).toBeVisible();
    await expect(panel.locator('.skeleton')).toHaveCount(0);
    await zoomMap(panel.getByRole('application', { name: /^Map of/ }));
    await sidebar.locator('body').evaluate(() => scrollTo(0, 0));
    await page.mouse.move(700, 5);
    await expect(panel.locator('.hover-card')).toHaveCount(0);
    await page.evaluate(() => document.fonts.ready);
    await keep('images', await page.screenshot());
    await panel.getByRole('tab', { name: 'Review' }).click();
    await expect(panel.locator('datavisor-review img').first()).toBeVisible({ timeout: 60_000 });
    await expect(panel.locator('.skeleton')).toHaveCount(0);
    await page.mouse.move(700, 5);
    await keep('review', await page.screenshot());
  } finally {
    await browser.close();
    await server.stop();
  }
}
