// node test/kit/bootstrap.mjs [--tests]
// Installs what is missing and builds what is out of date. Node's own modules only, since it runs on a fresh clone, and
// nothing on stdout, since `npm run -s datavisor -- … --json` owns that.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { buildIsCurrent } from './buildInputs.mjs';
import { CHECKOUT, inCheckout } from './checkout.mjs';
import { isMain } from './isMain.mjs';
import { npmCommand } from './npmCommand.mjs';

/** @typedef {{ tests?: boolean }} BootstrapOptions tests: build the test bundles as well */

/**
 * Makes the checkout ready to run, or ends the process with status 1: there is nothing to go on with.
 * @param {BootstrapOptions} [options]
 */
export function bootstrap(options) {
  if (!prepare(options)) process.exit(1);
}

/**
 * @param {BootstrapOptions} [options]
 * @returns {boolean} whether the checkout is ready; if not, stderr says why
 */
export function prepare({ tests = false } = {}) {
  if (!nodeIsNewEnough()) return false;
  const { file, args, shell } = npmCommand(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  const node = process.execPath;
  return (
    (dependenciesAreCurrent() || step('Installing dependencies (npm ci)', file, args, shell)) &&
    (buildIsCurrent(false) || step('Building', node, ['esbuild.mjs'])) &&
    (!tests || buildIsCurrent(true) || step('Building the tests', node, ['esbuild.mjs', '--tests']))
  );
}

function nodeIsNewEnough() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return true;
  console.error(`DataVisor needs Node 20.9 or newer; this is ${process.version}. Install it from https://nodejs.org/.`);
  return false;
}

/**
 * Whether node_modules holds what package-lock.json names. npm keeps what it installed in a lock file of its own;
 * optional packages may be missing from it, since most of them are for other platforms.
 */
function dependenciesAreCurrent() {
  const installedFile = inCheckout('node_modules', '.package-lock.json');
  if (!fs.existsSync(installedFile)) return false;
  const installed = readPackages(installedFile);
  return Object.entries(readPackages(inCheckout('package-lock.json'))).every(([name, wanted]) => {
    if (name === '') return true;
    const present = installed[name];
    return present ? present.version === wanted.version : (wanted.optional ?? wanted.devOptional ?? false);
  });
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>}
 */
const readPackages = (lockFile) => JSON.parse(fs.readFileSync(lockFile, 'utf8')).packages;

/**
 * @param {string} what
 * @param {string} file
 * @param {string[]} args
 * @param {boolean} [shell]
 */
function step(what, file, args, shell = false) {
  console.error(`${what} …`);
  const { status, error } = spawnSync(file, args, { cwd: CHECKOUT, shell, stdio: ['ignore', 2, 2] });
  if (status !== 0) console.error(`${what} failed${error ? `: ${error.message}` : '; the messages above say why'}.`);
  return status === 0;
}

if (isMain(import.meta.url)) bootstrap({ tests: process.argv.includes('--tests') });
