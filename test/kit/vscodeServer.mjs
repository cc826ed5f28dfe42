// One VS Code server on a free port of 127.0.0.1, in a scratch folder of its own.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inCheckout } from './checkout.mjs';

const windows = process.platform === 'win32';

/** @typedef {import('./installServer.mjs').Server} Server */

/**
 * @typedef {object} StartOptions
 * @property {string} [extensionsDir] a folder that installVsix filled
 * @property {string} [extension] a source folder to load as if it were installed
 * @property {boolean} [driver] extensionDevelopmentPath and extensionTestsPath need it in newer releases; it also
 *   switches notifications off there, so tests of the screen leave it out
 * @property {Record<string, unknown>} [settings] user settings
 * @property {string} [token] what a browser must know to get in; without one whoever reaches the port does
 * @property {Record<string, string>} [env] seen by the extension host
 */

/**
 * @typedef {object} RunningServer
 * @property {string} origin
 * @property {string} scratch
 * @property {string} extensionsDir
 * @property {() => string} log what it printed so far
 * @property {(file: string) => string} uri of a file as the workbench names it
 * @property {(open?: { folder?: string, workspace?: string, payload?: [string, string][] }) => string} url
 * @property {Promise<unknown>} exited
 * @property {() => Promise<void>} stop ends every process of it and removes the scratch folder
 */

/**
 * @param {Server} server
 * @param {StartOptions} [options]
 * @returns {Promise<RunningServer>}
 */
export async function startServer(server, options = {}) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-')); // short: unix socket paths end at 107 bytes
  const extensionsDir = path.resolve(options.extensionsDir ?? path.join(scratch, 'ext'));
  if (options.extension) linkExtension(options.extension, extensionsDir);
  writeSettings(scratch, options.settings ?? {});
  const child = spawn(
    server.node,
    [
      ...[server.main, '--host', '127.0.0.1', '--port', '0'],
      ...(options.token ? ['--connection-token', options.token] : ['--without-connection-token']),
      // a forgotten server of a test ends five minutes after its last window
      ...(options.token ? [] : ['--enable-remote-auto-shutdown']),
      ...(options.driver ? ['--enable-smoke-test-driver'] : []),
      ...scratchArguments(scratch, extensionsDir),
    ],
    // a process group of its own, to be stopped as one: extension hosts and workers share it
    { env: scratchEnvironment(scratch, options.env), stdio: ['ignore', 'pipe', 'pipe'], detached: !windows },
  );
  const exited = once(child, 'exit');
  const onExit = () => {
    signalGroup(child.pid, 'SIGKILL');
    fs.rmSync(scratch, { recursive: true, force: true });
  };
  process.once('exit', onExit);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += String(data)));
  const authority = `127.0.0.1:${await listeningPort(child, () => text)}`;
  return {
    origin: `http://${authority}`,
    scratch,
    extensionsDir,
    exited,
    log: () => text,
    uri: (file) => `vscode-remote://${authority}${path.resolve(file)}`,
    url: (open) => workbenchUrl(authority, open),
    async stop() {
      process.off('exit', onExit);
      signalGroup(child.pid, 'SIGTERM');
      await Promise.race([exited, sleep(3000, undefined, { ref: false })]);
      signalGroup(child.pid, 'SIGKILL');
      fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/**
 * Installs a .vsix with VS Code's own command line.
 * @param {Server} server
 * @param {string} vsix
 * @param {string} extensionsDir
 * @returns {string} what VS Code said
 */
export function installVsix(server, vsix, extensionsDir) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-'));
  try {
    const where = scratchArguments(scratch, path.resolve(extensionsDir));
    const args = [server.main, ...where, '--install-extension', path.resolve(vsix), '--force'];
    return execFileSync(server.node, args, { env: scratchEnvironment(scratch), encoding: 'utf8' });
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * @param {string} scratch
 * @param {string} extensionsDir
 */
function scratchArguments(scratch, extensionsDir) {
  return [
    ...['--accept-server-license-terms', '--telemetry-level', 'off'],
    ...['--server-data-dir', path.join(scratch, 'server')],
    ...['--user-data-dir', path.join(scratch, 'user')],
    ...['--extensions-dir', extensionsDir],
  ];
}

/**
 * Nothing is written to the real home folder, no gallery is asked, and a VS Code around us does not shine through.
 * @param {string} scratch
 * @param {Record<string, string>} [more]
 */
function scratchEnvironment(scratch, more) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    HOME: scratch,
    USERPROFILE: scratch,
    XDG_CONFIG_HOME: path.join(scratch, '.config'),
    XDG_CACHE_HOME: path.join(scratch, '.cache'),
    XDG_RUNTIME_DIR: scratch,
    EXTENSIONS_GALLERY: '{}',
    ...more,
  };
}

/**
 * Settings that belong to the machine go to those of the machine that the server runs on: a window that is remote drops
 * them from the user's, if it looks at these once more after it got to know the extension.
 * @param {string} scratch
 * @param {Record<string, unknown>} settings
 */
function writeSettings(scratch, settings) {
  const { contributes } = JSON.parse(fs.readFileSync(inCheckout('package.json'), 'utf8'));
  const { properties } = contributes.configuration;
  const entries = Object.entries(settings);
  const isOfMachine = (/** @type {string} */ key) => properties[key]?.scope === 'machine';
  for (const [place, some] of /** @type {const} */ ([
    ['User', entries.filter(([key]) => !isOfMachine(key))],
    ['Machine', entries.filter(([key]) => isOfMachine(key))],
  ])) {
    const folder = path.join(scratch, 'user', place);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(Object.fromEntries(some), null, 1));
  }
}

/**
 * The first scan of an extensions folder adopts whatever folders lie in it, links included.
 * @param {string} source
 * @param {string} extensionsDir
 */
function linkExtension(source, extensionsDir) {
  const { publisher, name, version } = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8'));
  fs.mkdirSync(extensionsDir, { recursive: true });
  fs.symlinkSync(path.resolve(source), path.join(extensionsDir, `${publisher}.${name}-${version}`), 'junction');
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => string} text
 * @returns {Promise<number>}
 */
function listeningPort(child, text) {
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) => {
      clearTimeout(timer);
      reject(new Error(`The VS Code server ${why}.\n${text()}`));
    };
    const timer = setTimeout(() => fail('did not start within 60 s'), 60_000);
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('exit', (code) => fail(`ended with status ${code}`));
    child.stdout?.on('data', () => {
      const port = /Extension host agent listening on (\d+)/.exec(text())?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}

/**
 * @param {string} authority
 * @param {{ folder?: string, workspace?: string, payload?: [string, string][] }} [open]
 */
function workbenchUrl(authority, { folder, workspace, payload = [] } = {}) {
  const query = new URLSearchParams();
  if (folder) query.set('folder', path.resolve(folder));
  else if (workspace) query.set('workspace', path.resolve(workspace));
  else query.set('ew', 'true');
  query.set('payload', JSON.stringify([['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...payload]));
  return `http://${authority}/?${query.toString()}`;
}

/**
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    if (windows) execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-pid, signal);
  } catch {
    // it has ended already
  }
}
