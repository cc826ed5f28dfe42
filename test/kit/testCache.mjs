import fs from 'node:fs';
import path from 'node:path';
import { inCheckout } from './checkout.mjs';

/** Where VS Code servers and Chromium are kept: .vscode-test in the checkout, or $VSCODE_SERVER_CACHE. */
export const cacheRoot = () => process.env['VSCODE_SERVER_CACHE'] ?? inCheckout('.vscode-test');

/**
 * Fills `name` in the cache once. It is made beside and renamed into place, so that a broken download leaves nothing.
 * @param {string} name of the folder
 * @param {(folder: string, lap: (what: string) => void) => void} fill
 * @returns {string} its absolute path
 */
export function cached(name, fill) {
  const folder = path.join(path.resolve(cacheRoot()), name);
  if (fs.existsSync(folder)) return folder;
  const started = Date.now();
  const lap = (/** @type {string} */ what) =>
    console.error(`${name}: ${what} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const making = fs.mkdtempSync(path.join(path.dirname(folder), '.making-'));
  try {
    fill(making, lap);
    renameUnlessThere(making, folder);
    lap('ready');
  } finally {
    fs.rmSync(making, { recursive: true, force: true });
  }
  return folder;
}

/**
 * @param {string} from
 * @param {string} to
 */
function renameUnlessThere(from, to) {
  try {
    fs.renameSync(from, to);
  } catch (error) {
    if (!fs.existsSync(to)) throw error; // else another process was first, with the same content
  }
}
