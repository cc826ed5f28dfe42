// node test/kit/start.mjs [FOLDER] [--no-open]: what `npm start` runs.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';
import { CHECKOUT, inCheckout } from './checkout.mjs';
import { installServer } from './installServer.mjs';
import { CALM_SETTINGS } from './serverSettings.mjs';
import { startServer } from './vscodeServer.mjs';

const USAGE = 'Usage: npm start -- [FOLDER] [--no-open]';

const { folder: wanted, open } = readArguments();
bootstrap({ tests: wanted === undefined });
const folder = wanted ?? (await sampleDataset());
const status = await run(process.execPath, [inCheckout('dist', 'cli.js'), 'run', folder]);
if (status === 0 && open) await openInVsCode(folder);
process.exit(status);

/** @returns {{ folder: string | undefined, open: boolean }} */
function readArguments() {
  try {
    const options = /** @type {const} */ ({ 'no-open': { type: 'boolean' } });
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length > 1) throw new Error(`one FOLDER, not ${positionals.length}`);
    const from = process.env['INIT_CWD'] ?? process.cwd();
    return { folder: positionals[0] && path.resolve(from, positionals[0]), open: !values['no-open'] };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

/** Draws the sample images once; delete the folder to have them drawn again. */
async function sampleDataset() {
  const finished = inCheckout('.sample-dataset');
  if (fs.existsSync(finished)) return finished;
  console.error('Drawing the sample dataset …');
  const drawing = inCheckout('.sample-dataset.partial');
  fs.rmSync(drawing, { recursive: true, force: true });
  const drawn = await run(process.execPath, [inCheckout('out', 'test', 'fixtures', 'sampleDatasetMain.js'), drawing]);
  if (drawn !== 0) process.exit(drawn);
  fs.renameSync(drawing, finished);
  return finished;
}

/**
 * Runs a program on this terminal. Ctrl-C reaches it directly; we outlive it to pass its status on.
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function run(program, args) {
  const stay = () => undefined;
  process.on('SIGINT', stay);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', stay);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/** @param {string} opened */
async function openInVsCode(opened) {
  const code = findOnPath('code');
  if (code) {
    console.error('Opening the folder in VS Code, with the extension loaded from this checkout.');
    const child = spawn(code, [`--extensionDevelopmentPath=${CHECKOUT}`, opened], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    const [ended] = await once(child, 'exit').catch(() => [1]);
    if (ended === 0) return;
    console.error('VS Code on the desktop did not start; using the VS Code server instead.');
  }
  await serve(opened);
}

/** @param {string} name */
function findOnPath(name) {
  const endings = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .flatMap((directory) => endings.map((ending) => path.join(directory, name + ending)))
    .find((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile());
}

/**
 * Serves VS Code on 127.0.0.1 until Ctrl-C.
 * @param {string} opened
 */
async function serve(opened) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0)); // which stops the server
  const token = randomBytes(16).toString('hex'); // other users of this machine can reach the port too
  const server = await startServer(installServer(), { extension: CHECKOUT, settings: CALM_SETTINGS, token });
  const query = new URLSearchParams({ tkn: token, folder: opened });
  console.log(`\nOpen this address in a browser (Ctrl-C here ends it):\n\n  ${server.origin}/?${query.toString()}\n`);
  await server.exited;
  console.error(`The VS Code server has ended.\n${server.log().slice(-2000)}`);
  process.exit(1);
}
