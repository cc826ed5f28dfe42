import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, hostname, platform } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { Device } from '../../protocol/workerApi';
import { probeDevice } from './probeDevice';

const TriedDevice = v.object({ device: Device, works: v.boolean(), why: v.nullable(v.string()) });
/** What came of trying a device; `why`: why it does not work, in words. */
export type TriedDevice = v.InferOutput<typeof TriedDevice>;

const Memory = v.object({ machine: v.string(), at: v.number(), tried: v.array(TriedDevice) });

export interface DetectOptions {
  /** Absolute path of the probe's bundle, beside which onnxruntime-node can be resolved. */
  readonly probe: string;
  /** Folder of the file that remembers the answer. */
  readonly rememberIn: string;
  log(line: string): void;
  /** For tests: instead of this machine's. */
  readonly platform?: NodeJS.Platform;
  readonly timeoutMs?: number;
  /** Tries again, whatever is remembered: after a driver was installed. */
  readonly afresh?: boolean;
}

const MEMORY_FILE = 'devices.json';
/** A driver may be installed or break: what is remembered is tried again after this. */
const REMEMBERED_FOR_MS = 14 * 24 * 3600 * 1000;
/** The first use of a GPU can take many seconds while its driver compiles. */
const TIMEOUT_MS = 45_000;

/** The GPU devices to try, the fastest first. */
export function gpuDevices(os: NodeJS.Platform): Device[] {
  if (os === 'win32') return ['dml', 'webgpu'];
  if (os === 'darwin') return ['coreml', 'webgpu'];
  return os === 'linux' ? ['cuda', 'webgpu'] : [];
}

/**
 * What models run on. `cpu` tries nothing; `auto` and `gpu` try each device of the system in turn, each in a throwaway
 * child process, since a driver can take its process down, and take the first that works, else the CPU: whoever asked
 * for `gpu` should be told then, from `tried`. The answer is remembered per machine and ONNX Runtime version.
 */
export async function detectDevice(
  wanted: 'auto' | 'cpu' | 'gpu',
  options: DetectOptions,
): Promise<{ device: Device; tried: TriedDevice[] }> {
  if (wanted === 'cpu') return { device: 'cpu', tried: [] };
  const machine = [hostname(), platform(), arch(), runtimeVersion(options.probe)].join(' ');
  const file = join(options.rememberIn, MEMORY_FILE);
  const remembered = options.afresh ? null : await recall(file, machine);
  const tried = remembered ?? (await tryDevices(options));
  if (!remembered) await remember(file, { machine, at: Date.now(), tried }, (line) => options.log(line));
  return { device: tried.find(({ works }) => works)?.device ?? 'cpu', tried };
}

async function tryDevices(options: DetectOptions): Promise<TriedDevice[]> {
  const tried: TriedDevice[] = [];
  for (const device of gpuDevices(options.platform ?? process.platform)) {
    const result = await probeDevice(options.probe, device, options.timeoutMs ?? TIMEOUT_MS);
    tried.push({ device, ...result });
    options.log(result.works ? `Models can run on ${device}.` : `Models cannot run on ${device}: ${result.why}`);
    if (result.works) break;
  }
  return tried;
}

function runtimeVersion(probe: string): string {
  try {
    const { version } = createRequire(probe)('onnxruntime-node/package.json') as { version: string };
    return version;
  } catch {
    return 'unknown'; // then the probe will say what is wrong
  }
}

async function recall(file: string, machine: string): Promise<TriedDevice[] | null> {
  try {
    const memory = v.parse(Memory, JSON.parse(await readFile(file, 'utf8')));
    return memory.machine === machine && Date.now() - memory.at < REMEMBERED_FOR_MS ? memory.tried : null;
  } catch {
    return null; // nothing, or not readable: try
  }
}

/** Not being able to remember only costs time. */
async function remember(
  file: string,
  memory: v.InferOutput<typeof Memory>,
  log: (line: string) => void,
): Promise<void> {
  try {
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(`${file}.${process.pid}`, JSON.stringify(memory));
    await rename(`${file}.${process.pid}`, file);
  } catch (error) {
    log(`What models can run on is not remembered: ${error instanceof Error ? error.message : String(error)}`);
  }
}
