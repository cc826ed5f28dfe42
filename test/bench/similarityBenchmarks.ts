import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Dataset } from '../../src/core/dataset';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { SimilaritySearch } from '../../src/core/similaritySearch';
import { WorkerClient } from '../../src/core/workerClient';
import { alternate, median } from './alternate';
import { databaseScan, loopScan, matrixScan, type BareScan } from './bareScans';
import type { Benchmark, BenchmarkResult } from './benchmark';
import { makeLargeDataset } from './largeDataset';
import { drawVectors, writeVectors } from './largeVectors';

const SAMPLES = 1_000_000;
const LENGTH = 384;
const TOP = 20;
const MODEL = 'bench';
/** Questions of which what is found is compared with the exact answer. */
const ASKED = 100;

/** Which samples questions are about: spread over all. */
const askedRow = (question: number) => (question * 9973 + 17) % SAMPLES;

export const similarityBenchmarks: readonly Benchmark[] = [
  {
    name: 'similarity-vs-scan',
    title: `the ${TOP} most similar of ${SAMPLES} × ${LENGTH}, question to answer ÷ ONNX Runtime's product of the same floats, all threads`,
    run,
  },
];

async function run(): Promise<BenchmarkResult> {
  const folder = await mkdtemp(join(tmpdir(), 'datavisor-bench-'));
  const worker = new WorkerClient({ script: resolve('dist', 'worker.js'), log: console.error, idleMs: 600_000 });
  try {
    const location = await makeLargeDataset(folder, SAMPLES);
    const vectors = drawVectors(SAMPLES, LENGTH);
    await writeVectors(location.database, MODEL, vectors, LENGTH);
    const loop = loopScan(vectors, LENGTH, TOP);
    const threads = availableParallelism();
    const [one, all] = [await matrixScan(vectors, LENGTH, TOP, 1), await matrixScan(vectors, LENGTH, TOP, threads)];
    const database = await databaseScan(location.database, MODEL, LENGTH, TOP);
    const others: Readonly<Record<string, BareScan>> = {
      'ONNX Runtime in one thread': one,
      'a loop': loop,
      DuckDB: database,
    };
    const queryAt = (question: number) => {
      const row = askedRow(question);
      return vectors.slice(row * LENGTH, (row + 1) * LENGTH);
    };
    const times: string[] = [];
    for (const [name, scan] of Object.entries(others)) {
      const taken: number[] = [];
      for (let question = 0; question < 4; question++) taken.push(await timed(() => scan.best(queryAt(question))));
      times.push(`${name} ${median(taken.slice(1)).toFixed(0)}`);
    }
    await database.close();

    const dataset = await Dataset.open(location, { access: 'write' });
    try {
      const search = new SimilaritySearch(worker);
      const ask = (question: number, filter = NO_FILTER, limit = TOP) => {
        const origin = Int32Array.of(askedRow(question) + 1);
        return search.rank(dataset, { model: MODEL, vector: queryAt(question), origin }, filter, limit);
      };
      const cold = await timed(() => ask(0));
      let question = 0;
      const result = await alternate(
        () => timed(() => ask(++question)),
        () => timed(() => all.best(queryAt(question))),
        'ms',
      );
      const few = { ...NO_FILTER, picks: { lighting: ['dark'] } };
      const filtered: number[] = [];
      for (let i = 0; i < 5; i++) filtered.push(await timed(() => ask(i, few)));
      const thousand = await timed(() => ask(1, NO_FILTER, 1000));
      let hits = 0;
      for (let i = 0; i < ASKED; i++) {
        const exact = new Set(await all.best(queryAt(i)));
        hits += [...(await ask(i)).ids].filter((id) => exact.has(id - 1)).length;
      }
      const { rssBytes } = await worker.call('status', null);
      const note =
        `recall ${(hits / (ASKED * TOP)).toFixed(4)} of ${ASKED} questions; first question, index included, ` +
        `${(cold / 1000).toFixed(1)} s; among a quarter ${median(filtered).toFixed(0)}, the best 1,000 ` +
        `${thousand.toFixed(0)} ms; the worker holds ${(rssBytes / 1e6).toFixed(0)} MB; other scans: ${times.join(', ')} ms`;
      return { ...result, note };
    } finally {
      await dataset.close();
      await Promise.all([one.close(), all.close()]);
    }
  } finally {
    await worker.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
