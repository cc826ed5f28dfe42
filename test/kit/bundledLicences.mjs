import fs from 'node:fs';
import path from 'node:path';
import { inCheckout } from './checkout.mjs';
import { withDependencies } from './stageDependencies.mjs';

/**
 * The licence texts of packages, and of all that they depend on, whose code is inside our bundles; packages that are
 * shipped as folders of their own have theirs with them.
 * @param {string[]} names
 * @param {string[]} shipped
 */
export function bundledLicences(names, shipped) {
  const own = withDependencies(shipped);
  const bundled = [...withDependencies(names)].filter((name) => !own.has(name)).sort();
  return bundled.map((name) => `${name}\n${'-'.repeat(name.length)}\n\n${licenceOf(name)}\n`).join('\n');
}

/** @param {string} name */
function licenceOf(name) {
  const folder = inCheckout('node_modules', name);
  const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file) return fs.readFileSync(path.join(folder, file), 'utf8').trim();
  const { license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return `Licence: ${license}`;
}
