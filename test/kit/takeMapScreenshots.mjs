// node test/kit/takeMapScreenshots.mjs [FOLDER] [THEME …]: takes the README's pictures of the map with 200, 20,000 and
// 1,000,000 images in a real VS Code, in the dark theme or those named (dark, light, high-contrast). They go to FOLDER, or
// to media/.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, expect } from '@playwright/test';
import sharp from 'sharp';
import { bootstrap } from './bootstrap.mjs';
import { CHECKOUT, inCheckout } from './checkout.mjs';
import { chromiumOptions } from './chromium.mjs';
import { inflateDataset } from './inflateDataset.mjs';
import { installServer } from './installServer.mjs';
import { openPanel } from './openPanel.mjs';
import { sampleImages } from './sampleImages.mjs';
import { QUIET_SETTINGS } from './serverSettings.mjs';
import { THEMES } from './themes.mjs';
import { startServer } from './vscodeServer.mjs';

const SIZES = [200, 20_000, 1_000_000];

bootstrap({ tests: true });
const [target = inCheckout('media'), ...themes] = process.argv.slice(2);
fs.mkdirSync(target, { recursive: true });
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-map-pictures-'));
try {
  for (const size of SIZES) {
    const folder = path.join(scratch, `${size}-photos`);
    fs.cpSync(sampleImages(), folder, { recursive: true });
    execFileSync(process.execPath, [inCheckout('dist', 'cli.js'), 'run', folder], { stdio: 'inherit' });
    if (size > SIZES[0]) await inflateDataset(folder, size);
    for (const theme of themes.length > 0 ? themes : ['dark']) await takePictures(folder, size, theme);
  }
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}

/**
 * @param {string} folder
 * @param {number} size
 * @param {string} theme
 */
async function takePictures(folder, size, theme) {
  const settings = {
    ...QUIET_SETTINGS,
    'workbench.colorTheme': THEMES[theme],
    'files.watcherExclude': { '**': true },
    'datavisor.watchFiles': false,
  };
  const server = await startServer(installServer(), { extension: CHECKOUT, settings });
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 860 } });
    const { panel } = await openPanel(page, server.url({ folder }));
    const pane = panel.getByRole('region', { name: 'Map of images that look alike' });
    await expect(pane.locator('.map-clusters')).toBeVisible({ timeout: 120_000 });
    await page.mouse.move(900, 5);
    await keep(`map-${size}`, theme, await settled(pane));
    if (size !== 20_000) return;
    const map = panel.getByRole('application', { name: /^Map of/ });
    const loaded = () => pane.evaluate(() => performance.getEntriesByType('resource').length);
    const before = await loaded();
    await map.focus();
    for (let turn = 0; turn < 5; turn++) await page.keyboard.press('+');
    await expect.poll(loaded, { timeout: 120_000 }).toBeGreaterThan(before + 15);
    await keep('map-close', theme, await settled(pane));
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * A picture after which nothing moves any more.
 * @param {import('@playwright/test').Locator} pane
 */
async function settled(pane) {
  let last = await pane.screenshot({ timeout: 120_000 });
  await expect
    .poll(
      async () => {
        const before = last;
        last = await pane.screenshot({ timeout: 120_000 });
        return before.equals(last);
      },
      { intervals: [3000], timeout: 120_000 },
    )
    .toBe(true);
  return last;
}

/**
 * @param {string} name
 * @param {string} theme
 * @param {Buffer} png
 */
async function keep(name, theme, png) {
  const file = path.join(path.resolve(target), theme === 'dark' ? `${name}.png` : `${name}-${theme}.png`);
  const picture = await sharp(png).png({ palette: true, quality: 85, effort: 10 }).toBuffer();
  fs.writeFileSync(file, picture);
  console.log(`${file}: ${(picture.length / 1000).toFixed(0)} kB`);
}
