import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * CPU seconds (user and system) that a program and all its descendants took. The shell keeps the account: Node tells
 * only of itself.
 * @throws when the program fails.
 */
export async function cpuSecondsOf(program: string, args: readonly string[]): Promise<number> {
  const script = '"$@" >/dev/null; code=$?; [ $code = 0 ] || exit $code; times';
  const { stdout } = await run('sh', ['-c', script, 'sh', program, ...args]);
  const ofChildren = stdout.trim().split('\n').at(-1) ?? '';
  const parts = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`The shell's "times" said ${JSON.stringify(stdout)}.`);
  return parts.reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0);
}

/** Whether a program can be started at all. */
export async function canRun(program: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(program, [...args]);
    return true;
  } catch {
    return false;
  }
}
