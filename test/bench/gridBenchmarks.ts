import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dataset } from '../../src/core/dataset';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { openDatabase } from '../../src/core/store/openDatabase';
import type { GridSort } from '../../src/protocol/gridSort';
import { alternate, median } from './alternate';
import type { Benchmark, BenchmarkResult } from './benchmark';
import { makeLargeDataset } from './largeDataset';

const SAMPLES = 1_000_000;
const ROWS = 200;

/** What a page would cost by itself: what is known of samples whose ids are known. */
const rowsOf = (ids: Int32Array) => `SELECT id, path, width, height, tags FROM samples WHERE id IN (${ids.join(', ')})`;

export const gridBenchmarks: readonly Benchmark[] = [
  {
    name: 'grid-page-vs-scan',
    title: `a page of ${ROWS} anywhere among ${SAMPLES} samples in order ÷ reading the same ${ROWS} samples by their ids`,
    run,
  },
];

async function run(): Promise<BenchmarkResult> {
  const folder = await mkdtemp(join(tmpdir(), 'datavisor-bench-'));
  try {
    const location = await makeLargeDataset(folder, SAMPLES);
    const scanned = await makeLargeDataset(await mkdtemp(join(folder, 'scanned-')), SAMPLES);
    const dataset = await Dataset.open(location, { access: 'write' });
    const connection = await openDatabase(scanned.database);
    try {
      const pageAt = (offset: number, sort: GridSort, groupBy: string | null = null) =>
        timed(() => dataset.page(NO_FILTER, { offset, limit: ROWS, sort, descending: false, groupBy }));
      const first: string[] = [];
      for (const [sort, groupBy] of [
        ['path', null],
        ['lightness', null],
        ['tags', null],
        ['size', 'weather'],
        ['path', 'folder'],
      ] as const) {
        const top = groupBy === null ? `${(await pageAt(0, sort)).toFixed(0)}, ` : '';
        const far = await pageAt(900_000, sort, groupBy);
        first.push(`by ${sort}${groupBy === null ? '' : ` in groups by ${groupBy}`} ${top}${far.toFixed(0)}`);
      }
      const { ids } = await dataset.order(NO_FILTER, { sort: 'path', descending: false });
      let place = 0;
      const next = () => (place = (place + 389_600) % (SAMPLES - ROWS));
      const all: number[] = [];
      const result = await alternate(
        async () => {
          const taken: number[] = [];
          for (let i = 0; i < 20; i++) taken.push(await pageAt(next(), 'path'));
          all.push(...taken);
          return median(taken);
        },
        async () => {
          const taken: number[] = [];
          for (let i = 0; i < 20; i++) {
            const offset = next();
            const same = rowsOf(ids.subarray(offset, offset + ROWS));
            taken.push(await timed(() => connection.session.rows(same)));
          }
          return median(taken);
        },
        'ms',
      );
      const note = `slowest ${Math.max(...all).toFixed(0)}; the first page at the top, and the first far down: ${first.join('; ')} ms`;
      return { ...result, note };
    } finally {
      connection.close();
      await dataset.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
