import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/core/store/openDatabase';
import { setDatasetPolicy } from '../../src/core/store/policyStore';
import { inTransaction } from '../../src/core/store/transaction';
import { alternate } from './alternate';
import type { Benchmark } from './benchmark';
import { makeLargeDataset, TAGS_EACH } from './largeDataset';

/** The result is held by DuckDB as it would be for whoever asked, not turned into objects. */
const GROUP_BY =
  'SELECT sample_id, tag, max(score) AS score, count(*) AS times FROM predictions GROUP BY sample_id, tag';

/** Thresholds of one provider, and of all of them, between which about a third and half of the samples differ. */
const CHANGES = {
  one: { provider: 'clip', title: 'of one of three providers, which concerns every third sample' },
  all: { provider: '', title: 'of all providers, which concerns half of the samples' },
  shared: { provider: '', title: 'of all providers, two of which answer the same question' },
} as const;

function deriveAgainstGroupBy(change: keyof typeof CHANGES, samples: number): Benchmark {
  const { provider, title } = CHANGES[change];
  const size = samples.toLocaleString('en');
  return {
    name: `derive-vs-groupby${change === 'one' ? '' : `-${change}`}${samples > 100_000 ? '-1m' : ''}`,
    title:
      `Another threshold ${title} (all tags derived, written and committed) against GROUP BY sample_id, tag over ` +
      `the predictions, ${size} samples with ${TAGS_EACH} tags each`,
    async run() {
      const folder = await mkdtemp(join(tmpdir(), 'datavisor-bench-'));
      try {
        const { database } = await makeLargeDataset(folder, samples);
        const connection = await openDatabase(database);
        try {
          const { session } = connection;
          if (change === 'shared') await session.run(SECOND_OPINION);
          let at = 50;
          const ours = () => {
            at = at === 50 ? 60 : 50;
            const rule = { provider, dimension: '', threshold: at, autoApprove: null, holdUnmapped: null };
            return timed(() => inTransaction(session, () => setDatasetPolicy(session, [rule], null)));
          };
          const theirs = () => timed(() => session.run(GROUP_BY));
          await ours(); // as in an editor, where the dataset was read before somebody moves a threshold
          await theirs();
          return await alternate(ours, theirs, 'ms');
        } finally {
          connection.close();
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Of one sample: then tags cannot be derived answer by answer any more, whichever sample they are of. */
const SECOND_OPINION = "INSERT INTO predictions VALUES (1, 'wd', 'lighting', 'dark', 70, 3)";

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export const policyBenchmarks: readonly Benchmark[] = [
  deriveAgainstGroupBy('one', 100_000),
  deriveAgainstGroupBy('all', 100_000),
  deriveAgainstGroupBy('shared', 100_000),
  deriveAgainstGroupBy('one', 1_000_000),
];
