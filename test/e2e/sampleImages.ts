import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { inCheckout } from '../kit/checkout.mjs';
import { sampleImages } from '../kit/sampleImages.mjs';

/** Some of each kind: these tests are not about many images. */
const SOME = /\D0?[12]\.|^colours\/(black|red|blue)|^duplicates\/(copy of|resized)|^shapes\//;

/** The images that the tests work on, relative to their folder, with slashes, in no particular order. */
export const SAMPLE_PATHS = fs
  .readdirSync(sampleImages(), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => SOME.test(file) && path.extname(file) !== '');

/** A copy of another image, byte for byte. */
export const EXACT_COPY = SAMPLE_PATHS.find((file) => file.startsWith('duplicates/copy of ')) ?? '';

export function sampleFile(image: string): string {
  return path.join(sampleImages(), image);
}

export function copySampleImages(folder: string): void {
  for (const image of SAMPLE_PATHS) {
    const file = path.join(folder, image);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.copyFileSync(sampleFile(image), file);
  }
}

/** Runs the whole main job on a folder, as `npm start` does. */
export function runMainJob(folder: string): void {
  execFileSync(process.execPath, [inCheckout('dist', 'cli.js'), 'run', folder], { stdio: 'pipe' });
}
