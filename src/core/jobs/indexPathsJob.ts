import type { Stats } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { IgnoreRules } from '../ignoreRules';
import { isImageName } from '../imageExtensions';
import type { IndexedFile } from '../indexChange';
import { isUnder } from '../pathUnder';
import { walkFolder, type WalkedFile } from '../walkFolder';
import { indexJob, unreadableText, type IndexOptions } from './indexJob';
import { inTurn } from './inTurn';
import type { JobContext, JobOutcome } from './jobContext';
import type { Arrival } from './reconcileFiles';
import { isCancellation, Tally } from './recordRun';
import { noChanges, takeInFiles, type IndexCounts } from './takeInFiles';

export interface IndexPathsOptions extends IndexOptions {
  /** Absolute paths of files and folders that were made, changed or deleted. */
  readonly paths: readonly string[];
}

/**
 * Takes in what a watcher saw change, without a walk over the whole folder. Changed ignore files and links, whose
 * effect reaches further than their own path, make it an `indexJob`.
 */
export async function indexPathsJob(
  context: JobContext,
  options: IndexPathsOptions,
): Promise<JobOutcome & IndexCounts> {
  const { dataset, signal, log } = context;
  const startedAt = performance.now();
  const changes = await findChanges(dataset.location.folder, options.paths);
  if (changes === 'everything') return indexJob(context, options);
  const tally = new Tally();
  let counts = noChanges();
  let cancelled = false;
  try {
    await inTurn(dataset, async () => {
      const known = await dataset.indexedFiles();
      const unreadable: string[] = [];
      const files = filesOf(dataset.location.folder, changes, {
        rules: new IgnoreRules(dataset.location.folder, options.exclude),
        signal,
        onUnreadable: (path, error) => {
          unreadable.push(path);
          log(unreadableText(path, error));
        },
      });
      const findLost = (unseen: readonly IndexedFile[], arrivals: readonly Arrival[]) =>
        lostSamples(dataset.location.folder, unseen, arrivals, (path) =>
          changes.some((change) => isUnder(path, change.path) && !unreadable.some((top) => isUnder(path, top))),
        );
      counts = await takeInFiles(context, tally, { known, files, findLost });
    });
  } catch (error) {
    cancelled = isCancellation(error, signal);
    if (!cancelled) throw error;
  }
  const { total } = await dataset.counts();
  const { processed, failed } = tally;
  const seconds = (performance.now() - startedAt) / 1000;
  return { total, processed, failed, seconds, cancelled, ...counts };
}

interface Change {
  /** Relative with slashes. */
  readonly path: string;
  /** Null when there is nothing (any more). */
  readonly stats: Stats | null;
}

async function findChanges(folder: string, paths: readonly string[]): Promise<Change[] | 'everything'> {
  const root = await realpath(folder);
  const changes: Change[] = [];
  for (const path of new Set(paths)) {
    const local = relative(folder, path);
    if (local === '..' || local.startsWith(`..${sep}`) || isAbsolute(local)) continue;
    if (local === '' || basename(local) === '.gitignore') return 'everything';
    const stats = await lstat(path).catch(() => null);
    if (stats?.isSymbolicLink()) return 'everything';
    // Under a linked folder, what the walk calls the file depends on what it found before.
    const parent = stats ? await realpath(dirname(path)).catch(() => null) : null;
    if (parent !== null && parent !== dirname(join(root, local))) return 'everything';
    changes.push({ path: local.split(sep).join('/'), stats });
  }
  const tops = new Set(changes.map((change) => change.path));
  return changes.filter(({ path }) => !parentsOf(path).some((parent) => tops.has(parent)));
}

async function* filesOf(
  folder: string,
  changes: readonly Change[],
  options: Parameters<typeof walkFolder>[1],
): AsyncGenerator<WalkedFile, void, undefined> {
  for (const { path, stats } of changes) {
    if (!stats || (await options.rules.leftOut(path, stats.isDirectory()))) continue;
    if (stats.isDirectory()) yield* walkFolder(folder, { ...options, under: path });
    else if (stats.isFile() && isImageName(path)) yield { path, size: stats.size, mtimeMs: Math.round(stats.mtimeMs) };
  }
}

/** Those whose path changed, and those whose file a new one may be: of its size, and gone from where it was. */
async function lostSamples(
  folder: string,
  unseen: readonly IndexedFile[],
  arrivals: readonly Arrival[],
  isChanged: (path: string) => boolean,
): Promise<IndexedFile[]> {
  const sizes = new Set(arrivals.map(({ file }) => file.size));
  const lost: IndexedFile[] = [];
  for (const sample of unseen) {
    if (isChanged(sample.path) || (sizes.has(sample.size) && (await isGone(join(folder, sample.path))))) {
      lost.push(sample);
    }
  }
  return lost;
}

async function isGone(file: string): Promise<boolean> {
  return lstat(file).then(
    () => false,
    (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT',
  );
}

function parentsOf(path: string): string[] {
  const names = path.split('/');
  return names.slice(1).map((_, i) => names.slice(0, i + 1).join('/'));
}
