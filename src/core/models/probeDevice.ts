import { spawn } from 'node:child_process';
import * as v from 'valibot';
import type { Device } from '../../protocol/workerApi';

const Verdict = v.object({ works: v.boolean(), why: v.nullable(v.string()) });
export type Verdict = v.InferOutput<typeof Verdict>;

/** Of a native library's complaints the first lines say the most. */
const LONGEST_REASON = 300;

/** Tries one device in a child process of its own. That it crashes, hangs or says nothing means that it does not work. */
export function probeDevice(probe: string, device: Device, timeoutMs: number): Promise<Verdict> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [probe, device], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Inside VS Code the executable is Electron.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      windowsHide: true,
    });
    let output = '';
    let complaints = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    child.on('error', (error) => settle({ works: false, why: `it could not be tried: ${error.message}` }));
    child.on('close', (code, signal) => {
      if (late) settle({ works: false, why: `it did not answer within ${Math.round(timeoutMs / 1000)} s` });
      else settle(verdictIn(output) ?? { works: false, why: crashed(code, signal, complaints) });
    });
    function settle(verdict: Verdict): void {
      clearTimeout(timer);
      resolve({ ...verdict, why: verdict.why?.slice(0, LONGEST_REASON) ?? null });
    }
  });
}

/** The last line that is a verdict: native libraries write to stdout too. */
function verdictIn(output: string): Verdict | null {
  for (const line of output.split('\n').reverse()) {
    try {
      const parsed = v.safeParse(Verdict, JSON.parse(line));
      if (parsed.success) return parsed.output;
    } catch {
      // something else
    }
  }
  return null;
}

function crashed(code: number | null, signal: NodeJS.Signals | null, complaints: string): string {
  const how = signal ? `was killed by ${signal}` : `ended with code ${code}`;
  return `the process that tried it ${how}. ${complaints.trim()}`.trim();
}
