import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Whether the module is the program that node was started with, rather than imported by another.
 * @param {string} moduleUrl import.meta.url
 */
export function isMain(moduleUrl) {
  const program = process.argv[1];
  return program !== undefined && fs.realpathSync(program) === fs.realpathSync(fileURLToPath(moduleUrl));
}
