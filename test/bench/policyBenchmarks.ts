import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dataset } from '../../src/core/dataset';
import { Connection } from '../../src/core/store/connection';
import { alternate } from './alternate';
import type { Benchmark } from './benchmark';
import { makeLargeDataset, TAGS_EACH } from './largeDataset';

/** The result is held by DuckDB as it would be for whoever asked, not turned into objects. */
const GROUP_BY =
  'SELECT sample_id, tag, max(score) AS score, count(*) AS times FROM predictions GROUP BY sample_id, tag';

/** Thresholds of one provider, and of all of them, between which about a third and nearly all samples differ. */
const CHANGES = {
  one: { provider: 'clip', title: 'of one of three providers, which concerns every third sample' },
  all: { provider: '', title: 'of all providers, which concerns nearly every sample' },
} as const;

function deriveAgainstGroupBy(change: keyof typeof CHANGES, samples: number): Benchmark {
  const { provider, title } = CHANGES[change];
  const size = samples.toLocaleString('en');
  return {
    name: `derive-vs-groupby${change === 'all' ? '-all' : ''}${samples > 100_000 ? '-1m' : ''}`,
    title:
      `Another threshold ${title} (all tags derived, written and committed) against GROUP BY sample_id, tag over ` +
      `the predictions, ${size} samples with ${TAGS_EACH} tags each`,
    async run() {
      const folder = await mkdtemp(join(tmpdir(), 'datavisor-bench-'));
      try {
        const location = await makeLargeDataset(folder, samples);
        let at = 50;
        const ours = async () => {
          const dataset = await Dataset.open(location, { access: 'write' });
          try {
            at = at === 50 ? 60 : 50;
            const rule = { provider, dimension: '', threshold: at, autoApprove: null, holdUnmapped: null };
            return await timed(() => dataset.policy.set([rule], null));
          } finally {
            await dataset.close();
          }
        };
        const theirs = async () => {
          const connection = await Connection.open(location.database, 'READ_ONLY');
          try {
            return await timed(() => connection.session.run(GROUP_BY));
          } finally {
            connection.close();
          }
        };
        return await alternate(ours, theirs, 'ms');
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export const policyBenchmarks: readonly Benchmark[] = [
  deriveAgainstGroupBy('one', 100_000),
  deriveAgainstGroupBy('all', 100_000),
  deriveAgainstGroupBy('one', 1_000_000),
];
