import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Draws in a process of its own: the extension host must stay free of native modules. */
const SCRIPT = `
const sharp = require('sharp');
const [folder, count] = process.argv.slice(1);
(async () => {
  for (let i = 0; i < Number(count); i++) {
    const level = i % 2 === 0 ? 6 : 150;
    const noise = { type: 'gaussian', mean: level, sigma: 3 };
    await sharp({ create: { width: 160, height: 120, channels: 3, background: 'black', noise } })
      .jpeg().toFile(require('node:path').join(folder, 'image' + i + '.jpg'));
  }
})();
`;

/** Writes `count` small JPEGs, image0.jpg and so on; the even ones are dark, the odd ones are not. */
export async function drawImages(folder: string, count: number): Promise<void> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  // From this file's folder, where the checkout's packages are found.
  await promisify(execFile)(process.execPath, ['-e', SCRIPT, folder, String(count)], { cwd: __dirname, env });
}
