import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dataset } from '../../src/core/dataset';
import { parseFilter } from '../../src/core/filter/parseFilter';
import { NO_FILTER, type SampleFilter } from '../../src/core/sampleFilter';
import { openDatabase } from '../../src/core/store/openDatabase';
import type { Session } from '../../src/core/store/session';
import { alternate } from './alternate';
import type { Benchmark, BenchmarkResult } from './benchmark';
import { makeLargeDataset, TAGS_EACH } from './largeDataset';

const SAMPLES = 100_000;
const MANY_SAMPLES = 1_000_000;

const THREE_FILTERS: SampleFilter = {
  ...NO_FILTER,
  picks: { lighting: ['dark', 'dim'], weather: ['sunny'], setting: ['outdoor'] },
};
const TAG_SCAN = 'SELECT tag, count(*) FROM sample_tags GROUP BY tag';
const PATH_SCAN = `SELECT count(*) FROM samples WHERE contains(lower(path), 'fountain')`;

/** Each is typed letter by letter; the last one is a mistake that is corrected. */
const TYPED = ['fountain', 'statue', 'umbrella', 'lantern', 'panorama', 'fountian'];

/** What the views ask of 100,000 samples, and in the note of 1,000,000, while somebody picks and types. */
export const searchBenchmarks: readonly Benchmark[] = [
  {
    name: 'facets-vs-scan',
    title: `all facets under three filters ÷ one GROUP BY over the tags of ${SAMPLES} samples`,
    run: () =>
      compare(TAG_SCAN, (dataset) => {
        return async () => [await millisecondsOf(() => dataset.facets(THREE_FILTERS))];
      }),
  },
  {
    name: 'search-vs-scan',
    title: `a letter typed: ranked page, count and completion ÷ one scan of ${SAMPLES} paths for a part of them`,
    run: () =>
      compare(PATH_SCAN, (dataset) => {
        let turn = 0;
        return () => typeWord(dataset, TYPED[turn++ % TYPED.length]);
      }),
  },
];

type Measure = () => Promise<number[]>;

async function compare(scan: string, measureOf: (dataset: Dataset) => Measure): Promise<BenchmarkResult> {
  const worst = { few: 0, many: 0 };
  const middleOf = async (measure: Measure, size: keyof typeof worst) => {
    const times = (await measure()).sort((a, b) => a - b);
    worst[size] = Math.max(worst[size], times.at(-1)!);
    return times[times.length >> 1];
  };
  const few = await measureAt(SAMPLES, scan, measureOf, (measure) => middleOf(measure, 'few'));
  const many = await measureAt(MANY_SAMPLES, scan, measureOf, (measure) => middleOf(measure, 'many'));
  const at = `${MANY_SAMPLES} samples × ${TAGS_EACH} tags: ${many.value.toFixed(0)} against ${many.against.toFixed(0)} ms`;
  const slowest = `slowest ${worst.few.toFixed(0)} and ${worst.many.toFixed(0)} ms`;
  return { ...few, note: `${slowest}; at ${at}` };
}

async function measureAt(
  samples: number,
  scan: string,
  measureOf: (dataset: Dataset) => Measure,
  middleOf: (measure: Measure) => Promise<number>,
): Promise<BenchmarkResult> {
  const folder = await mkdtemp(join(tmpdir(), 'datavisor-bench-'));
  try {
    const location = await makeLargeDataset(folder, samples);
    const dataset = await Dataset.open(location, { access: 'write' });
    const measure = measureOf(dataset);
    const scanned = join(folder, 'scanned');
    await mkdir(scanned);
    // One process, one database: the raw scan runs over a copy of its own.
    const other = await makeLargeDataset(scanned, samples);
    const connection = await openDatabase(other.database);
    try {
      await middleOf(measure);
      return await alternate(
        () => middleOf(measure),
        () => scanOnce(connection.session, scan),
        'ms',
      );
    } finally {
      connection.close();
      await dataset.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What each letter takes, as the views ask it: the page with its count, then what could be meant. */
async function typeWord(dataset: Dataset, word: string): Promise<number[]> {
  const times: number[] = [];
  for (let length = 2; length <= word.length; length++) {
    const text = word.slice(0, length);
    const filter = { ...NO_FILTER, expression: parseFilter(text) };
    const request = { offset: 0, limit: 200, sort: 'relevance', descending: false } as const;
    const page = await millisecondsOf(() => dataset.page(filter, request));
    times.push(page + (await millisecondsOf(() => dataset.search.complete(text, length))));
  }
  return times;
}

function scanOnce(session: Session, sql: string): Promise<number> {
  return millisecondsOf(() => session.rows(sql));
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
