import { readFileSync } from 'node:fs';
import { link, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Dataset } from '../../src/core/dataset';
import { locateDataset } from '../../src/core/datasetLocation';
import type { JobProgress } from '../../src/core/jobs/jobContext';
import { projectJob } from '../../src/core/jobs/projectJob';
import { WorkerClient } from '../../src/core/workerClient';
import { mixture } from './mixture';
import { sampledRecall, sampledTrustworthiness } from './sampledQuality';

const MODEL = 'mixture';
const LENGTH = 384;
const ROWS = 8192;
const LOOK_MS = 500;

/** Points that recall and trustworthiness are told of: each is compared with all others. */
const ASKED = 100;
const NEIGHBORS = 15;

/**
 * The whole job on a dataset of `count` vectors, database included, once: `node out/test/bench/main.js --scale-run FOLDER
 * COUNT`. Prints time, CPU and the most memory of both processes by step, then how good neighbors and map are. FOLDER
 * keeps the database. Linux only: it reads /proc.
 */
export async function scaleRun(folder: string, count: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const kept = join(folder, 'kept');
  await rm(kept, { recursive: true, force: true });
  await mkdir(kept);
  const dataset = await Dataset.open(await locateDataset(folder, { fallbackFolder: folder }), { access: 'write' });
  const worker = new WorkerClient({ script: resolve('dist', 'worker.js'), log: console.error });
  const most = { host: 0, worker: 0, both: 0 };
  let step = 'start';
  let stepStarted = performance.now();
  const look = () => {
    const [host, child] = [memoryOf(process.pid), worker.pid === undefined ? 0 : memoryOf(worker.pid)];
    most.host = Math.max(most.host, host);
    most.worker = Math.max(most.worker, child);
    most.both = Math.max(most.both, host + child);
  };
  const next = (name: string) => {
    const worked = worker.pid === undefined ? 0 : cpuOf(worker.pid);
    const seconds = ((performance.now() - stepStarted) / 1000).toFixed(1);
    const { user, system } = process.cpuUsage();
    const host = ((user + system) / 1e6).toFixed(1);
    console.log(`${step}: ${seconds} s; CPU so far ${host} s host, ${worked.toFixed(1)} s worker; ${words(most)}`);
    [step, stepStarted] = [name, performance.now()];
    most.host = most.worker = most.both = 0;
  };
  const timer = setInterval(look, LOOK_MS);
  try {
    await fill(dataset, Number(count));
    next('job');
    let links = Promise.resolve();
    const report = (progress: JobProgress) => {
      if (!progress.step || progress.step === step) return;
      if (progress.step === 'layout') links = keep(`${dataset.location.database}.map`, kept);
      next(progress.step);
    };
    const { signal } = new AbortController();
    const outcome = await projectJob({ dataset, worker, signal, report, log: console.log }, { embedder: MODEL });
    look();
    next('end');
    console.log(`${outcome.processed} points in ${outcome.seconds.toFixed(1)} s`);
    await links;
    const data = {
      vectors: new Float32Array(await bufferOf(join(kept, 'vectors'))),
      count: Number(count),
      length: LENGTH,
    };
    const neighbors = new Int32Array(await bufferOf(join(kept, 'neighbors')));
    console.log(`recall@15 ${sampledRecall(data, neighbors, NEIGHBORS, ASKED).toFixed(3)}`);
    const { xy } = await dataset.map.points(MODEL);
    console.log(`trustworthiness@15 ${sampledTrustworthiness(data, xy, NEIGHBORS, ASKED).toFixed(4)}`);
  } finally {
    clearInterval(timer);
    await worker.dispose();
    await dataset.close();
  }
}

async function fill(dataset: Dataset, count: number): Promise<void> {
  if ((await dataset.embeddingModels()).some((model) => model.count === count)) return;
  let from = 0;
  for (const vectors of mixture(count, LENGTH, ROWS)) {
    const size = vectors.length / LENGTH;
    const added = Array.from({ length: size }, (_, i) => ({ path: `${from + i}.jpg`, size: 1000, mtimeMs: 1.7e12 }));
    const { addedIds } = await dataset.commitIndex({ added, changed: [], moved: [], missing: [], found: [] });
    await dataset.commitEmbeddings(MODEL, { ids: Int32Array.from(addedIds), vectors, signCodes: null });
    from += size;
  }
}

/** Links what the stages have left, which is removed when the job is done. */
async function keep(home: string, kept: string): Promise<void> {
  for (const name of await readdir(home)) {
    for (const file of ['vectors', 'neighbors']) await link(join(home, name, file), join(kept, file));
  }
}

/** Files may be larger than Node reads at once. */
async function bufferOf(path: string): Promise<ArrayBuffer> {
  const file = await open(path);
  const { size } = await file.stat();
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size;) at += (await file.read(bytes, at, Math.min(1 << 28, size - at), at)).bytesRead;
  await file.close();
  return bytes.buffer;
}

function memoryOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes ?? 0) / 1e6;
}

/** User and system, in seconds. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function words(most: { host: number; worker: number; both: number }): string {
  const gigabytes = (value: number) => `${value.toFixed(2)} GB`;
  return `most memory ${gigabytes(most.host)} host, ${gigabytes(most.worker)} worker, ${gigabytes(most.both)} both`;
}
