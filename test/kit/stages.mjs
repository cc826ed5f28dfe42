// The stages of `npm test`. Each one's outcome is read from an exit status or from a report file, never from its text.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CHECKOUT, inCheckout } from './checkout.mjs';

/** @typedef {import('./runMocha').TestReport} TestReport */
/** @typedef {{ scratch: string, grep: string | undefined }} StageContext */
/** @typedef {(context: StageContext) => Promise<TestReport>} Stage */

/** @type {Record<string, Stage>} in the order in which they run: what fails fastest comes first */
export const STAGES = {
  lint: () =>
    check('lint', [
      ['eslint', '.', '--max-warnings', '0'],
      ['prettier', '--check', '--log-level', 'warn', '.'],
    ]),
  types: () =>
    check('types', [
      ['tsc', '-p', '.'],
      ['tsc', '-p', 'webview'],
      ['tsc', '-p', 'test'],
    ]),
  unit: (context) => mocha('unit', context),
  worker: (context) => mocha('worker', context),
  host: hostSuite,
  e2e: playwright,
};

/**
 * A stage that is one check, however many files it looks at.
 * @param {string} name
 * @param {string[][]} commands programs of node_modules/.bin with their arguments
 * @returns {Promise<TestReport>}
 */
async function check(name, commands) {
  /** @type {string[]} */
  const failed = [];
  for (const [program = '', ...args] of commands) {
    if ((await runNode([packageProgram(program), ...args])) !== 0) failed.push([program, ...args].join(' '));
  }
  return failed.length === 0
    ? { passed: 1, failed: 0, skipped: 0, failures: [] }
    : { passed: 0, failed: 1, skipped: 0, failures: [{ title: name, error: `Failed: ${failed.join(', ')}` }] };
}

/** @type {(room: string, context: StageContext) => Promise<TestReport>} */
async function mocha(room, { scratch, grep }) {
  const results = path.join(scratch, `${room}.json`);
  const args = [inCheckout('out', 'test', 'kit', 'mochaMain.js'), room, ...(grep ? [grep] : [])];
  const status = await runNode(args, { TEST_RESULTS: results });
  return readReport(results, `node ended with ${status}`, status === 0);
}

/** @type {Stage} */
async function hostSuite({ scratch, grep }) {
  const { runInServer } = await import('./runInServer.mjs'); // needs the dependencies, which bootstrap installs
  const folder = path.join(scratch, 'workspace');
  fs.mkdirSync(folder);
  const results = path.join(scratch, 'host.json');
  const suite = inCheckout('out', 'test', 'host', 'index.js');
  const end = await runInServer({ suite, folder, results, env: grep ? { MOCHA_GREP: grep } : {} });
  return readReport(results, end.why, end.ok);
}

/** @type {Stage} */
async function playwright({ scratch, grep }) {
  const results = path.join(scratch, 'e2e.json');
  const args = ['test', '--config', 'test/e2e/playwright.config.mjs', ...(grep ? ['--grep', grep] : [])];
  const status = await runNode([packageProgram('playwright'), ...args], { TEST_RESULTS: results });
  return readReport(results, `playwright ended with ${status}`, status === 0);
}

/**
 * Reads what a suite left. A suite that ended badly without a failed test (a crash, a leak, a test file that does not
 * load) counts as one failure.
 * @param {string} file
 * @param {string} end how the process ended, in words
 * @param {boolean} ok whether it ended well
 * @returns {TestReport}
 */
function readReport(file, end, ok) {
  /** @type {TestReport} */
  const report = fs.existsSync(file)
    ? JSON.parse(fs.readFileSync(file, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0, failures: [] };
  if (!ok && report.failed === 0) {
    report.failed = 1;
    report.failures.push({ title: '(the suite itself)', error: end });
  }
  return report;
}

/**
 * The JavaScript file behind a program of node_modules/.bin, which works without a shell on every platform.
 * @param {string} name
 */
function packageProgram(name) {
  const owner = { tsc: 'typescript', playwright: '@playwright/test' }[name] ?? name;
  const manifest = JSON.parse(fs.readFileSync(inCheckout('node_modules', owner, 'package.json'), 'utf8'));
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[name];
  return inCheckout('node_modules', owner, file);
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} the exit status, 128 for a death by signal
 */
function runNode(args, env = {}) {
  return new Promise((resolve, reject) => {
    const options = { cwd: CHECKOUT, env: { ...process.env, ...env }, stdio: /** @type {const} */ ('inherit') };
    const child = spawn(process.execPath, args, options);
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 128));
  });
}

/** A folder of its own for reports and workspaces. */
export const makeScratch = () => fs.mkdtempSync(path.join(os.tmpdir(), 'dv-test-'));
