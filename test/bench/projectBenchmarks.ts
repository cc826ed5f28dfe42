import { execFile } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { VECTORS_FILE } from '../../src/protocol/workerApi';
import { alternate } from './alternate';
import type { Benchmark, BenchmarkResult, Skipped } from './benchmark';
import { canRun, cpuSecondsOf } from './childCpu';
import { mixture } from './mixture';
import { sampledTrustworthiness } from './sampledQuality';

const LENGTH = 384;
const ROWS_AT_A_TIME = 8192;
/** Of which trustworthiness@15 is told. */
const ASKED = 500;
const GROWTH = [10_000, 50_000, 200_000] as const;
/** A stage's files, which would make the next run quicker. */
const LEFT_BY_STAGES = ['reduced', 'neighbors', 'distances', 'layout'];

const run = promisify(execFile);

/** What a map costs: CPU of whole processes, start included. */
export const projectBenchmarks: readonly Benchmark[] = [
  {
    name: 'project-vs-umap-learn',
    title: 'laying out 10,000 vectors of 384 ÷ umap-learn after its warm-up',
    run: () => againstUmapLearn(10_000, 5),
  },
  {
    name: 'project-vs-umap-learn-50k',
    title: 'laying out 50,000 vectors of 384 ÷ umap-learn after its warm-up',
    run: () => againstUmapLearn(50_000, 3),
  },
  {
    name: 'project-growth',
    title: 'laying out 50,000 and 200,000 vectors ÷ n log n from the size before, the worse of both',
    run: growth,
  },
];

async function againstUmapLearn(count: number, runs: number): Promise<BenchmarkResult | Skipped> {
  const python = await pythonWithUmap();
  if (python === null) return { skipped: 'no Python here has umap-learn (Debian: apt-get install umap-learn)' };
  return inScratch(count, async (folder) => {
    const ofUmapLearn = async () => {
      const script = join('test', 'bench', 'umapLearn.py');
      const { stdout } = await run(python, [script, folder, String(count), String(LENGTH)]);
      return Number(stdout);
    };
    const result = await alternate(() => ours(folder, count), ofUmapLearn, 'CPU s', runs);
    const data = { vectors: await readFloats(folder, VECTORS_FILE), count, length: LENGTH };
    const trust = async (file: string) =>
      sampledTrustworthiness(data, await readFloats(folder, file), 15, ASKED).toFixed(4);
    return { ...result, note: `trustworthiness@15 ${await trust('map')} against ${await trust('umap-learn')}` };
  });
}

async function growth(): Promise<BenchmarkResult> {
  const seconds: number[] = [];
  for (const count of GROWTH) seconds.push(await inScratch(count, (folder) => ours(folder, count)));
  const steps = GROWTH.slice(1).map((count, i) => {
    const expected = (seconds[i] * count * Math.log(count)) / (GROWTH[i] * Math.log(GROWTH[i]));
    return { value: seconds[i + 1], against: expected, ratio: seconds[i + 1] / expected };
  });
  const worst = steps.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  const note = GROWTH.map((count, i) => `${count}: ${seconds[i].toFixed(1)} s`).join(', ');
  return { ...worst, unit: 'CPU s', runs: 1, note };
}

async function ours(folder: string, count: number): Promise<number> {
  for (const file of LEFT_BY_STAGES) await rm(join(folder, file), { force: true });
  const args = [process.argv[1], '--project-run', folder, String(count), String(LENGTH)];
  return cpuSecondsOf(process.execPath, args);
}

/** With the vectors of a mixture in it. */
async function inScratch<T>(count: number, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'datavisor-bench-'));
  try {
    const file = await open(join(folder, VECTORS_FILE), 'w');
    for (const block of mixture(count, LENGTH, ROWS_AT_A_TIME)) await file.write(block);
    await file.close();
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readFloats(folder: string, name: string): Promise<Float32Array> {
  const bytes = await readFile(join(folder, name));
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

async function pythonWithUmap(): Promise<string | null> {
  for (const python of ['python3', '/usr/bin/python3']) {
    if (await canRun(python, ['-c', 'import umap'])) return python;
  }
  return null;
}
