// node test/kit/installServer.mjs [RELEASE]: installs a VS Code server from the npm registry, without compiler, system
// package, install script or any other download.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fetchPackage, npm } from './fetchPackage.mjs';
import { isMain } from './isMain.mjs';
import { cached } from './testCache.mjs';
import { LEFT_OUT, LEFT_OUT_EXTENSIONS, RELEASES, SHIMS } from './vscodeReleases.mjs';

const windows = process.platform === 'win32';
const platform = `${process.platform}-${process.arch}`;

/** Raised when the steps below change what comes out of them. */
const RECIPE = 1;

/** @typedef {{ version: string, main: string, node: string }} Server main: the script to run with that node */

/**
 * @param {string} [version] a key of RELEASES
 * @returns {Server}
 */
export function installServer(version = process.env['VSCODE_RELEASE'] ?? '1.100.3') {
  const release = RELEASES[version];
  if (!release) throw new Error(`No VS Code ${version} among the known ones: ${Object.keys(RELEASES).join(', ')}`);
  const recipe = JSON.stringify([RECIPE, release, LEFT_OUT, LEFT_OUT_EXTENSIONS, SHIMS]);
  const mark = createHash('sha256').update(recipe).digest('hex').slice(0, 8);
  const folder = cached(`server-${version}-${platform}-${mark}`, (making, lap) => fill(making, release, lap));
  return {
    version,
    main: path.join(folder, 'vscode', 'out', 'server-main.js'),
    node: release.node ? path.join(folder, 'node', windows ? 'node.exe' : 'node') : process.execPath,
  };
}

/**
 * @param {string} folder
 * @param {import('./vscodeReleases.mjs').Release} release
 * @param {(what: string) => void} lap
 */
function fill(folder, release, lap) {
  const vscode = path.join(folder, 'vscode');
  fs.mkdirSync(vscode);
  fetchPackage(release.server, vscode, ['--strip-components=3', '--exclude=*.map', 'package/lib/vscode']);
  lap('unpacked');
  leaveOut(vscode);
  // The shrinkwrap lacks peer dependencies, which `npm ci` only forgives so.
  npm(['ci', '--omit=dev', '--legacy-peer-deps'], vscode);
  lap('dependencies installed');
  for (const [name, code] of Object.entries(SHIMS)) replaceModule(path.join(vscode, 'node_modules', name), code);
  const ripgrep = path.join(vscode, 'node_modules', '@vscode', 'ripgrep');
  if (release.ripgrep) {
    const spec = `@vscode/ripgrep-${platform}@${release.ripgrep}`;
    fetchPackage({ spec }, ripgrep, ['--strip-components=1', 'package/bin']);
  }
  const asar = path.join(vscode, 'node_modules.asar'); // some built-in extensions look there
  if (!fs.existsSync(asar))
    fs.symlinkSync(windows ? path.join(vscode, 'node_modules') : 'node_modules', asar, 'junction');
  if (release.node) bringNode(path.join(folder, 'node'), release.node);
}

/** @param {string} vscode */
function leaveOut(vscode) {
  for (const name of LEFT_OUT_EXTENSIONS) {
    fs.rmSync(path.join(vscode, 'extensions', name), { recursive: true, force: true });
  }
  for (const file of ['package.json', 'npm-shrinkwrap.json']) {
    const full = path.join(vscode, file);
    const manifest = JSON.parse(fs.readFileSync(full, 'utf8'));
    for (const owner of [manifest, manifest.packages?.['']]) {
      if (owner?.dependencies) owner.dependencies = withoutLeftOut(owner.dependencies);
    }
    fs.writeFileSync(full, JSON.stringify(manifest, null, 1));
  }
}

/** @param {Record<string, string>} dependencies */
function withoutLeftOut(dependencies) {
  const left = (/** @type {string} */ name) => LEFT_OUT.includes(name) || name.endsWith('/sandbox-runtime');
  return Object.fromEntries(Object.entries(dependencies).filter(([name]) => !left(name)));
}

/**
 * @param {string} folder
 * @param {string} code
 */
function replaceModule(folder, code) {
  if (!fs.existsSync(folder)) return;
  const { main } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  fs.writeFileSync(path.join(folder, main ?? 'index.js'), code);
}

/**
 * @param {string} folder
 * @param {string} version
 */
function bringNode(folder, version) {
  fs.mkdirSync(folder);
  const spec = `node-${windows ? 'win' : process.platform}-${process.arch}@${version}`;
  fetchPackage({ spec }, folder, ['--strip-components=2', windows ? 'package/bin/node.exe' : 'package/bin/node']);
}

if (isMain(import.meta.url)) console.log(JSON.stringify(installServer(process.argv[2])));
