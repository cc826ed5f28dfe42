import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dataset } from '../../src/core/dataset';
import { parseFilter } from '../../src/core/filter/parseFilter';
import { NO_FILTER, type SampleFilter } from '../../src/core/sampleFilter';
import { openDatabase } from '../../src/core/store/openDatabase';
import type { Session } from '../../src/core/store/session';
import { alternate, median } from './alternate';
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

/** How many decisions, after each of which something is asked. */
const DECISIONS = 7;

/** Each is typed letter by letter; the last one is a mistake that is corrected. */
const TYPED = ['fountain', 'statue', 'umbrella', 'lantern', 'panorama', 'fountian'];

/** What one question took, in milliseconds, by its parts. */
type Parts = Readonly<Record<string, number>>;

/** Something that views ask again and again, in one of the ways in which they do. */
type Ask = () => Promise<Parts>;

/** What the views ask of 100,000 samples, and in the note of 1,000,000, while somebody picks, types and decides. */
export const searchBenchmarks: readonly Benchmark[] = [
  {
    name: 'facets-vs-scan',
    title: `all facets under three filters ÷ one GROUP BY over the tags of ${SAMPLES} samples`,
    run: () =>
      compare(TAG_SCAN, (dataset) => [
        async () => ({ facets: await millisecondsOf(() => dataset.facets(THREE_FILTERS)) }),
      ]),
  },
  {
    name: 'search-vs-scan',
    title: `a letter typed: ranked page, count and completion ÷ one scan of ${SAMPLES} paths for a part of them`,
    run: () => compare(PATH_SCAN, (dataset) => TYPED.flatMap((word) => typeWord(dataset, word))),
  },
];

async function compare(scan: string, asksOf: (dataset: Dataset) => readonly Ask[]): Promise<BenchmarkResult> {
  const few = await measureAt(SAMPLES, scan, asksOf);
  const many = await measureAt(MANY_SAMPLES, scan, asksOf);
  const at = `${MANY_SAMPLES} samples × ${TAGS_EACH} tags: ${many.value.toFixed(0)} against ${many.against.toFixed(0)} ms`;
  return { ...few, note: `${few.note}; at ${at}, ${many.note}` };
}

async function measureAt(
  samples: number,
  scan: string,
  asksOf: (dataset: Dataset) => readonly Ask[],
): Promise<Exclude<BenchmarkResult, { skipped: string }>> {
  const folder = await mkdtemp(join(tmpdir(), 'datavisor-bench-'));
  try {
    const location = await makeLargeDataset(folder, samples);
    const dataset = await Dataset.open(location, { access: 'write' });
    const scanned = join(folder, 'scanned');
    await mkdir(scanned);
    // One process, one database: the raw scan runs over a copy of its own.
    const other = await makeLargeDataset(scanned, samples);
    const connection = await openDatabase(other.database);
    try {
      return await measure(asksOf(dataset), dataset, () => scanOnce(connection.session, scan));
    } finally {
      connection.close();
      await dataset.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first time that something is asked after opening is told apart, and so is the first time after a decision. */
async function measure(asks: readonly Ask[], dataset: Dataset, scan: () => Promise<number>) {
  const opened = total(await asks[0]());
  const all: Parts[] = [];
  const result = await alternate(
    async () => {
      const parts: Parts[] = [];
      for (const ask of asks) parts.push(await ask());
      all.push(...parts);
      return median(parts.map(total));
    },
    scan,
    'ms',
  );
  const decided: Parts[] = [];
  for (let id = 1; id <= DECISIONS; id++) {
    await dataset.tagging.decide({ ids: Int32Array.of(id) }, ['reviewed'], 'added', null);
    decided.push(await asks[(id * 5) % asks.length]());
  }
  const note =
    `medians ${partsText(all)}, slowest ${Math.max(...all.map(total)).toFixed(0)}; first after a decision ` +
    `${median(decided.map(total)).toFixed(0)} (${partsText(decided)}), slowest ` +
    `${Math.max(...decided.map(total)).toFixed(0)}; first after opening ${opened.toFixed(0)} ms`;
  return { ...result, note };
}

/** What each letter takes, as the views ask it: the page with its count, then what could be meant. */
function typeWord(dataset: Dataset, word: string): Ask[] {
  return Array.from({ length: word.length - 1 }, (_, index) => async () => {
    const text = word.slice(0, index + 2);
    const filter = { ...NO_FILTER, expression: parseFilter(text) };
    const request = { offset: 0, limit: 200, sort: 'relevance', descending: false } as const;
    return {
      page: await millisecondsOf(() => dataset.page(filter, request)),
      completion: await millisecondsOf(() => dataset.search.complete(text, text.length)),
    };
  });
}

function total(parts: Parts): number {
  return Object.values(parts).reduce((sum, part) => sum + part, 0);
}

/** The median of each part over all of them. */
function partsText(all: readonly Parts[]): string {
  return Object.keys(all[0])
    .map((name) => `${name} ${median(all.map((parts) => parts[name])).toFixed(0)}`)
    .join(' + ');
}

function scanOnce(session: Session, sql: string): Promise<number> {
  return millisecondsOf(() => session.rows(sql));
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
