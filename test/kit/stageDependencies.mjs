import fs from 'node:fs';
import path from 'node:path';
import { inCheckout } from './checkout.mjs';

/** What a package needs at run time; the rest is documentation, types, maps and sources of native code. */
const NEEDED = /\.(js|cjs|mjs|json|node|dylib|dll)$|\.so(\.|$)|(^|\/)(licen[cs]e|notice)[^/]*$/i;
const NOT_NEEDED = /^(src|install)\/|\.d\.(ts|cts|mts)$/;

/**
 * What a package brings along that is of no use at run time on this machine.
 * @type {Record<string, { notNeeded: string[], unwanted: (file: string) => boolean }>}
 */
const TRIMMED = {
  'onnxruntime-node': {
    notNeeded: ['adm-zip', 'global-agent'], // of its install script, which is never run
    unwanted: (file) =>
      file.startsWith('script/') ||
      (file.startsWith('bin/') && !file.startsWith(`bin/napi-v6/${process.platform}/${process.arch}/`)) ||
      /providers_(cuda|tensorrt|shared)\./.test(file) || // CUDA is used where it is installed, not shipped
      /libonnxruntime\.\d+\.\d+\.\d+\.dylib$/.test(file), // the same again as libonnxruntime.1.dylib
  },
};

/**
 * Copies packages and all that they depend on from node_modules into a folder, as far as this platform can run it.
 * @param {string[]} names
 * @param {string} folder becomes a node_modules
 */
export function stageDependencies(names, folder) {
  for (const name of withDependencies(names)) stagePackage(name, path.join(folder, name));
}

/**
 * Packages and all that they depend on at run time, as far as this platform can run it.
 * @param {string[]} names
 * @returns {Set<string>}
 */
export function withDependencies(names) {
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
    const needs = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
    waiting.push(...needs.filter((need) => !TRIMMED[name]?.notNeeded.includes(need)));
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
 * @param {string} packageName
 * @param {string} to
 */
function stagePackage(packageName, to) {
  const from = inCheckout('node_modules', packageName);
  const files = fs.readdirSync(from, { recursive: true, encoding: 'utf8' });
  const licensed = files.some((file) => /^licen[cs]e/i.test(file));
  for (const file of files) {
    const name = file.replaceAll(path.sep, '/');
    const source = path.join(from, file);
    const licenceText = !licensed && name === 'README.md'; // some say it only there
    if (name.startsWith('node_modules/') || !fs.statSync(source).isFile()) continue;
    if (TRIMMED[packageName]?.unwanted(name)) continue;
    if ((NEEDED.test(name) && !NOT_NEEDED.test(name)) || licenceText) {
      fs.mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
      fs.copyFileSync(source, path.join(to, file));
    }
  }
}
