import fs from 'node:fs';
import path from 'node:path';
import { inCheckout } from './checkout.mjs';

/** What a package needs at run time; the rest is documentation, types, maps and sources of native code. */
const NEEDED = /\.(js|cjs|mjs|json|node|dylib|dll)$|\.so(\.|$)|(^|\/)(licen[cs]e|notice)[^/]*$/i;
const NOT_NEEDED = /^(src|install)\/|\.d\.(ts|cts|mts)$/;

/**
 * Copies packages and all that they depend on from node_modules into a folder, as far as this platform can run it.
 * @param {string[]} names
 * @param {string} folder becomes a node_modules
 */
export function stageDependencies(names, folder) {
  for (const name of withDependencies(names)) stagePackage(inCheckout('node_modules', name), path.join(folder, name));
}

/**
 * @param {string[]} names
 * @returns {Set<string>}
 */
function withDependencies(names) {
  /** @type {Set<string>} */
  const found = new Set();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    const file = inCheckout('node_modules', name, 'package.json');
    if (!fs.existsSync(file)) continue; // optional, for another platform
    const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (!fits(manifest.os, process.platform) || !fits(manifest.cpu, process.arch)) continue;
    found.add(name);
    waiting.push(...Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }));
  }
  for (const name of names) if (!found.has(name)) throw new Error(`${name} is not in node_modules; run npm ci`);
  return found;
}

/**
 * @param {string[] | undefined} allowed as in package.json: undefined allows all
 * @param {string} actual
 */
const fits = (allowed, actual) => allowed === undefined || allowed.includes(actual);

/**
 * @param {string} from
 * @param {string} to
 */
function stagePackage(from, to) {
  const files = fs.readdirSync(from, { recursive: true, encoding: 'utf8' });
  const licensed = files.some((file) => /^licen[cs]e/i.test(file));
  for (const file of files) {
    const name = file.replaceAll(path.sep, '/');
    const source = path.join(from, file);
    const licenceText = !licensed && name === 'README.md'; // some say it only there
    if (name.startsWith('node_modules/') || !fs.statSync(source).isFile()) continue;
    if ((NEEDED.test(name) && !NOT_NEEDED.test(name)) || licenceText) {
      fs.mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
      fs.copyFileSync(source, path.join(to, file));
    }
  }
}
