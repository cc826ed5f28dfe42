// Which VS Code the tests run in, and what a server made from npm needs replaced. code-server's tarball on npm carries a
// built VS Code in lib/vscode, whose own server runs without code-server's wrapper.

/**
 * @typedef {object} Release
 * @property {{ spec: string, integrity: string }} server
 * @property {string | null} node version of the node to bring along from npm, null: the one that runs the tests
 * @property {string | null} ripgrep version of the ripgrep to bring along, null: the server has its own
 */

/** @type {Record<string, Release>} */
export const RELEASES = {
  // The oldest that package.json's engines.vscode promises.
  '1.100.3': {
    server: {
      spec: 'code-server@4.100.3',
      integrity: 'sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==',
    },
    node: null,
    ripgrep: '1.18.0',
  },
  // The newest on npm; calls module.registerHooks, which needs Node 22.15 or newer.
  '1.139.1': {
    server: {
      spec: 'code-server@4.139.1',
      integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
    },
    node: '24.21.0',
    ripgrep: null,
  },
};

/** Needed for none of our tests, and big or native: Kerberos proxies, Windows, AI agents, dev containers. */
export const LEFT_OUT = [
  'kerberos',
  '@vscode/windows-registry',
  '@vscode/windows-process-tree',
  '@vscode/sqlite3',
  '@vscode/deviceid',
  'ssh2',
  '@github/copilot',
  '@github/copilot-sdk',
  '@vscode/copilot-api',
  '@vscode/sandbox-runtime',
  '@microsoft/mxc-sdk',
  '@devcontainers/cli',
];

export const LEFT_OUT_EXTENSIONS = ['copilot', 'mermaid-markdown-features'];

/** Same exports as the native logger, which is not built here; without it output channels stay empty. */
const SPDLOG = `'use strict';
const fs = require('fs'), path = require('path');
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
class Logger {
  constructor(type, name, file) {
    this.level = 2; this.raw = false;
    try { fs.mkdirSync(path.dirname(file), { recursive: true }); this.fd = fs.openSync(file, 'a'); } catch {}
  }
  log(level, message) {
    if (level < this.level || this.fd === undefined) return;
    const time = new Date().toISOString().replace('T', ' ').slice(0, 23);
    try { fs.writeSync(this.fd, this.raw ? message : time + ' [' + names[level] + '] ' + message + '\\n'); } catch {}
  }
  trace(m) { this.log(0, m); } debug(m) { this.log(1, m); } info(m) { this.log(2, m); } warn(m) { this.log(3, m); }
  error(m) { this.log(4, m); } critical(m) { this.log(5, m); }
  getLevel() { return this.level; } setLevel(level) { this.level = level; }
  setPattern() { this.raw = false; } clearFormatters() { this.raw = true; } flush() {}
  drop() { if (this.fd !== undefined) { try { fs.closeSync(this.fd); } catch {} this.fd = undefined; } }
}
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = async (name, file) => new Logger('', name, file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger('', name, file);
`;

const WATCHDOG = `'use strict';
exports.start = () => {};
exports.exit = (code) => process.exit(code || 0);
`;

const FS_COPYFILE = `export { constants, copyFileSync } from 'node:fs';
export { copyFile, cp } from 'node:fs/promises';
export const isCloneSupported = () => false;
`;

/** JavaScript in place of native modules that the server imports at start, by package name. */
export const SHIMS = {
  '@vscode/spdlog': SPDLOG,
  'native-watchdog': WATCHDOG,
  '@vscode/native-watchdog': WATCHDOG,
  '@vscode/fs-copyfile': FS_COPYFILE,
};
