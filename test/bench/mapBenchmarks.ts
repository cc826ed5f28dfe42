import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { Dataset } from '../../src/core/dataset';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { openDatabase } from '../../src/core/store/openDatabase';
import { stageIds, type Session } from '../../src/core/store/session';
import { alternate, median } from './alternate';
import type { Benchmark, BenchmarkResult } from './benchmark';
import { makeLargeDataset } from './largeDataset';

const POINTS = 1_000_000;
const SELECTED = 200_000;
const RUNS = 5;
const MODEL = 'look';

const Frames = v.object({ first: v.number(), pan: v.number() });
const Runs = v.array(v.object({ points: Frames, density: Frames, bare: Frames }));
type Side = 'points' | 'density' | 'bare';

/** The map at a million points: how soon it is there, how it moves, and what a lasso costs. */
export const mapBenchmarks: readonly Benchmark[] = [
  {
    name: 'map-first-frame-vs-points',
    title: `first frame of the map, its ${POINTS} points one by one ÷ bare WebGL 2 points in the same browser`,
    run: () => Promise.resolve(compareFrames()),
  },
  {
    name: 'lasso-vs-query',
    title: `facets, page and map under a lasso of ${SELECTED} of ${POINTS} ÷ raw DuckDB queries for the same`,
    run: compareLasso,
  },
];

function compareFrames(): BenchmarkResult {
  const script = join(process.cwd(), 'test', 'bench', 'mapFrames.mjs');
  const printed = execFileSync(process.execPath, [script, String(POINTS), String(RUNS)], { encoding: 'utf8' });
  const runs = v.parse(Runs, JSON.parse(printed));
  const of = (side: Side, what: 'first' | 'pan') => median(runs.map((run) => run[side][what]));
  const [value, against] = [of('points', 'first'), of('bare', 'first')];
  const pan = of('bare', 'pan');
  const share = (time: number, other: number) => `${(time / other).toFixed(2)} × (${time.toFixed(0)} ms)`;
  const note =
    `pan frame ${share(of('points', 'pan'), pan)}; with the density first ${share(of('density', 'first'), against)}, ` +
    `pan ${share(of('density', 'pan'), pan)}`;
  return { ratio: value / against, value, against, unit: 'ms', runs: RUNS, note };
}

async function compareLasso(): Promise<BenchmarkResult> {
  const folder = await mkdtemp(join(tmpdir(), 'datavisor-bench-'));
  try {
    const other = join(folder, 'other');
    await mkdir(other);
    const location = await makeMappedDataset(folder);
    const rawLocation = await makeMappedDataset(other); // one process, one database
    const dataset = await Dataset.open(location, { access: 'write' });
    const raw = await openDatabase(rawLocation.database);
    let lasso = 0;
    try {
      const parts: Record<string, number[]> = { facets: [], page: [], map: [] };
      await oursOnce(dataset, lassoOf(lasso), { facets: [], page: [], map: [] });
      const result = await alternate(
        () => oursOnce(dataset, lassoOf(++lasso), parts),
        () => rawOnce(raw.session, lassoOf(lasso)),
        'ms',
      );
      const note = Object.entries(parts).map(([name, times]) => `${name} ${median(times).toFixed(0)}`);
      return { ...result, note: note.join(' + ') };
    } finally {
      raw.close();
      await dataset.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeMappedDataset(folder: string) {
  const location = await makeLargeDataset(folder, POINTS);
  const { session, close } = await openDatabase(location.database).then((connection) => ({
    session: connection.session,
    close: () => connection.close(),
  }));
  await session.run(
    `INSERT INTO map_points (sample_id, model, x, y)
     SELECT id, $1, (hash(id) % 1000000) / 1e5, (hash(id + 77777777) % 1000000) / 1e5 FROM samples ORDER BY id`,
    [MODEL],
  );
  await session.run('CHECKPOINT');
  close();
  return location;
}

/** Another fifth of the samples each time, spread like those of a region of the map, in ascending order. */
function lassoOf(lasso: number): Int32Array {
  return Int32Array.from({ length: SELECTED }, (_, i) => 5 * i + 1 + (lasso % 5));
}

async function oursOnce(dataset: Dataset, selection: Int32Array, parts: Record<string, number[]>): Promise<number> {
  const filter = { ...NO_FILTER, selection };
  const times = {
    facets: await millisecondsOf(() => dataset.facets(filter)),
    page: await millisecondsOf(() => dataset.page(filter, { offset: 0, limit: 200, sort: 'path', descending: false })),
    map: await millisecondsOf(() => dataset.map.matching(MODEL, filter)),
  };
  for (const [name, time] of Object.entries(times)) parts[name].push(time);
  return times.facets + times.page + times.map;
}

/** The same answer asked straight: tags, three columns and who said so, the count, the page, and the map's mask. */
function rawOnce(session: Session, selection: Int32Array): Promise<number> {
  const selected = 'IN (SELECT id FROM lasso)';
  const columns = ['s.tagging_status', 's.format', `split_part(s.path, '/', 1)`];
  return millisecondsOf(async () => {
    await stageIds(session, 'lasso', selection);
    await session.rows(`SELECT tag, count(*) FROM sample_tags WHERE sample_id ${selected} GROUP BY tag`);
    await session.rows(
      `SELECT source, count(DISTINCT sample_id) FROM sample_tags WHERE sample_id ${selected} GROUP BY 1`,
    );
    for (const column of columns) {
      await session.rows(`SELECT ${column}, count(*) FROM samples s WHERE s.id ${selected} GROUP BY 1`);
    }
    await session.rows(`SELECT count(*) FROM samples s WHERE s.id ${selected}`);
    await session.rows(`SELECT s.* FROM samples s WHERE s.id ${selected} ORDER BY s.path, s.id LIMIT 200`);
    await session.chunks(
      `SELECT (p.sample_id ${selected})::UTINYINT FROM map_points p WHERE p.model = $1 ORDER BY p.sample_id`,
      [MODEL],
    );
  });
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
