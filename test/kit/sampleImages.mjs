import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inCheckout } from './checkout.mjs';
import { cached, cacheRoot } from './testCache.mjs';

const PREFIX = 'sample-images-';

/**
 * The sample images, drawn once for each version of what draws them: to be copied, never changed.
 * @returns {string} the folder
 */
export function sampleImages() {
  const program = inCheckout('out', 'test', 'fixtures', 'sampleDatasetMain.js');
  const name = PREFIX + createHash('sha256').update(fs.readFileSync(program)).digest('hex').slice(0, 8);
  const folder = cached(name, (making) => execFileSync(process.execPath, [program, making], { stdio: 'ignore' }));
  for (const other of fs.readdirSync(cacheRoot())) {
    if (other.startsWith(PREFIX) && other !== name) fs.rmSync(path.join(cacheRoot(), other), { recursive: true });
  }
  return folder;
}
