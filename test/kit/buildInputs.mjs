// Tells whether a build is still that of the present sources. Node's own modules only: this runs before `npm ci`.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { CHECKOUT, inCheckout } from './checkout.mjs';

const PRODUCT = ['src', 'webview', 'models', 'esbuild.mjs', 'package-lock.json', 'tsconfig.json'];
const TESTS = [...PRODUCT, 'test'];

/**
 * The file that records what a build was made of.
 * @param {boolean} tests the bundles in out/test rather than those in dist
 */
export const stampFile = (tests) =>
  tests ? inCheckout('out', 'test', 'build.stamp') : inCheckout('dist', 'build.stamp');

/**
 * Names, sizes and times of everything that goes into a build, as one hash. Unlike "newer than", it also notices
 * deleted files and older files that a branch switch brought back.
 * @param {boolean} tests
 */
export function digestInputs(tests) {
  const hash = createHash('sha256');
  for (const root of tests ? TESTS : PRODUCT) addToDigest(hash, inCheckout(root));
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} file
 */
function addToDigest(hash, file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isDirectory()) {
    for (const name of fs.readdirSync(file).sort()) addToDigest(hash, path.join(file, name));
  } else {
    hash.update(`${path.relative(CHECKOUT, file)}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
}

/** @param {boolean} tests */
export function buildIsCurrent(tests) {
  const file = stampFile(tests);
  return fs.existsSync(file) && fs.readFileSync(file, 'utf8') === digestInputs(tests);
}
