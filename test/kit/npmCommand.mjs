/**
 * How to run npm: the very npm that runs us when there is one, else the one on the PATH (a .cmd file on Windows, which
 * only a shell can start). npm's own client always fetches, so that proxies, CAs and credentials keep working.
 * @param {string[]} args
 * @returns {{ file: string, args: string[], shell: boolean }}
 */
export function npmCommand(args) {
  const running = process.env['npm_execpath'];
  if (running && /npm-cli\.c?js$/.test(running)) {
    return { file: process.execPath, args: [running, ...args], shell: false };
  }
  return { file: 'npm', args, shell: process.platform === 'win32' };
}
