import { spawn, type ChildProcess } from 'node:child_process';
import * as assert from 'node:assert/strict';
import * as path from 'node:path';

/** What a run of the command line left behind. */
export interface CommandEnd {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Runs it as another user; only root can. */
  readonly uid?: number;
  readonly cwd?: string;
  /** Puts it and its children in a process group of their own, as a terminal does. */
  readonly ownGroup?: boolean;
  /** Another build of the command line. */
  readonly script?: string;
}

export const WORKER_SCRIPT = path.resolve('dist', 'worker.js');
const CLI_SCRIPT = path.resolve('dist', 'cli.js');

/** The built command line as a process under way. */
export class RunningCommand {
  readonly child: ChildProcess;
  readonly end: Promise<CommandEnd>;
  private stdout = '';
  private stderr = '';

  constructor(args: readonly string[], options: CommandOptions = {}) {
    this.child = spawn(process.execPath, [options.script ?? CLI_SCRIPT, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: options.cwd,
      detached: options.ownGroup ?? false,
      env: { ...process.env, ...options.env },
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.end = new Promise((resolve, reject) => {
      this.child.on('error', reject);
      this.child.on('close', (code, signal) => {
        resolve({ code, signal, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  /** Signals the command and its worker, when it was started with `ownGroup`. */
  signalGroup(signal: NodeJS.Signals): void {
    assert.ok(this.child.pid !== undefined);
    process.kill(-this.child.pid, signal);
  }
}

export function runCommand(args: readonly string[], options?: CommandOptions): Promise<CommandEnd> {
  return new RunningCommand(args, options).end;
}

/** The answer of `tag` and `run` with `--json`. */
export interface JobAnswer {
  dataset: string;
  database: string;
  total: number;
  processed: number;
  failed: { path: string; code: string; reason: string }[];
  seconds: number;
  cancelled: boolean;
  tags: Record<string, number>;
  counts: Record<string, number>;
  index: { added: number; changed: number; moved: number; missing: number; found: number };
  warnings: string[];
}

/** Runs with `--json`, expects exit code 0 and nothing but one object on stdout. */
export async function runJson<T = JobAnswer>(args: readonly string[], options?: CommandOptions): Promise<T> {
  const end = await runCommand([...args, '--json'], options);
  assert.equal(end.code, 0, `${end.stderr}\n${end.stdout}`);
  return JSON.parse(end.stdout) as T;
}

/** Runs with `--json`, expects the exit code and an error object; returns its code, message and what stderr said. */
export async function runFailing(
  args: readonly string[],
  exitCode: number,
  options?: CommandOptions,
): Promise<{ code: string; message: string; stderr: string }> {
  const end = await runCommand([...args, '--json'], options);
  assert.equal(end.code, exitCode, `${end.stderr}\n${end.stdout}`);
  const { error } = JSON.parse(end.stdout) as { error: { code: string; message: string } };
  assert.deepEqual(Object.keys(JSON.parse(end.stdout) as object), ['error']);
  return { ...error, stderr: end.stderr };
}
