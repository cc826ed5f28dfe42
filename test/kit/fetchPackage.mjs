import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { npmCommand } from './npmCommand.mjs';

/**
 * Runs npm with install scripts off.
 * @param {string[]} args
 * @param {string} cwd
 * @returns {string} its stdout
 */
export function npm(args, cwd) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  const command = npmCommand([...args, ...quiet]);
  return execFileSync(command.file, command.args, {
    cwd,
    shell: command.shell,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
}

/**
 * Downloads one package from the npm registry and unpacks some of it. Nothing of it is run.
 * @param {{ spec: string, integrity?: string }} source name@version, and the sha512 of its tarball
 * @param {string} folder exists already
 * @param {string[]} tarArgs what to unpack, as arguments of tar
 */
export function fetchPackage({ spec, integrity }, folder, tarArgs) {
  /** @type {{ filename: string }[]} */
  const packed = Object.values(JSON.parse(npm(['pack', spec, '--json', '--pack-destination', folder], folder)));
  const tarball = path.join(folder, packed[0]?.filename ?? '');
  if (integrity) {
    const actual = `sha512-${createHash('sha512').update(fs.readFileSync(tarball)).digest('base64')}`;
    if (actual !== integrity) throw new Error(`${spec}: its tarball is ${actual}, expected ${integrity}`);
  }
  execFileSync('tar', ['-xzf', tarball, '-C', folder, ...tarArgs]);
  fs.rmSync(tarball);
}
