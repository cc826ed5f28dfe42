// node test/bench/mapFrames.mjs COUNT RUNS: first frame and pan frame of the panel's map, its points one by one and its
// density, and of bare WebGL 2 points, in turns in one Chromium. Prints a JSON array with one object a run.
import { chromium } from '@playwright/test';
import { build } from 'esbuild';
import { inCheckout } from '../kit/checkout.mjs';
import { chromiumOptions } from '../kit/chromium.mjs';

const [count, runs] = process.argv.slice(2).map(Number);
const { outputFiles } = await build({
  entryPoints: [inCheckout('test', 'bench', 'mapPage.ts')],
  bundle: true,
  write: false,
  platform: 'browser',
  format: 'iife',
  target: 'chrome120',
  tsconfig: inCheckout('webview', 'tsconfig.json'),
});
const script = outputFiles[0].text;
const STYLE = 'html, body, datavisor-map { display: block; margin: 0; width: 700px; height: 700px; overflow: hidden }';

const browser = await chromium.launch(chromiumOptions());
const results = [];
for (let run = 0; run < runs; run++) {
  results.push({
    points: await measure(`ours(${count}, 'off')`),
    density: await measure(`ours(${count}, 'auto')`),
    bare: await measure(`bare(${count})`),
  });
}
await browser.close();
console.log(JSON.stringify(results));

/** @param {string} call */
async function measure(call) {
  const page = await browser.newPage({ viewport: { width: 700, height: 700 } });
  await page.setContent(`<!doctype html><style>${STYLE}</style><body></body>`);
  await page.addScriptTag({ content: script });
  const frames = await page.evaluate(call);
  await page.close();
  return frames;
}
