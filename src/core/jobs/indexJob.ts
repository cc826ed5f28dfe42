import { IgnoreRules, type LeftOutReason } from '../ignoreRules';
import { isUnder } from '../pathUnder';
import { isInShard, type Shard } from '../parts/shard';
import { walkFolder } from '../walkFolder';
import type { JobContext, JobOutcome } from './jobContext';
import { inTurn } from './inTurn';
import { recordRun } from './recordRun';
import { noChanges, takeInFiles, type IndexCounts } from './takeInFiles';

export interface IndexOptions {
  /** Globs of `files.exclude` over paths relative to the folder. */
  readonly exclude: readonly string[];
  /** The only part of the folder to look at; all of it by default. */
  readonly shard?: Shard;
}

export interface IndexOutcome extends JobOutcome, IndexCounts {
  /** Images and folders that lie there but are no part of the dataset, by reason. */
  readonly leftOut: Readonly<Record<LeftOutReason, number>>;
  /** Folders and files that could not be looked at, in words. What the index knows below them stays as it is. */
  readonly warnings: readonly string[];
}

/**
 * Brings the index in line with the folder: new files are added and their headers read, changed ones start anew, moved
 * ones keep everything, vanished ones are marked missing. Looks at bytes only where size and time do not decide.
 */
export async function indexJob(context: JobContext, options: IndexOptions): Promise<IndexOutcome> {
  const { dataset, signal, log } = context;
  const { shard } = options;
  const leftOut: Record<LeftOutReason, number> = { hidden: 0, gitignore: 0, excluded: 0 };
  const warnings: string[] = [];
  const unreadable: string[] = [];
  let counts = noChanges();
  const settings = { ...options };
  const outcome = await recordRun(context, { kind: 'index', model: null, settings }, (_, tally) =>
    inTurn(dataset, async () => {
      const { folder } = dataset.location;
      const files = walkFolder(folder, {
        rules: new IgnoreRules(folder, options.exclude),
        signal,
        ...(shard && { isWanted: (path) => isInShard(path, shard) }),
        onLeftOut: (_path, reason) => leftOut[reason]++,
        onUnreadable: (path, error) => {
          unreadable.push(path);
          warnings.push(unreadableText(path, error));
          log(warnings.at(-1)!);
        },
      });
      counts = await takeInFiles(context, tally, {
        known: await dataset.indexedFiles(),
        files,
        findLost: async (unseen) => unseen.filter(({ path }) => !unreadable.some((top) => isUnder(path, top))),
      });
    }),
  );
  return { ...outcome, ...counts, leftOut, warnings };
}

/** What to tell about a folder or file that cannot be looked at. */
export function unreadableText(path: string, error: NodeJS.ErrnoException): string {
  const denied = error.code === 'EACCES' || error.code === 'EPERM';
  const why = denied ? 'permission denied' : (error.code ?? error.message);
  return `${path === '' ? 'The folder' : path} cannot be read (${why}). It is left as it was; the run goes on without it.`;
}
