import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewSample, IndexedFile } from '../indexChange';
import { thumbnailPath } from '../thumbnailPath';
import type { WalkedFile } from '../walkFolder';
import { callWithRestarts } from './callWithRestarts';
import { HeaderQueue } from './headerQueue';
import type { JobContext } from './jobContext';
import { ProgressMeter } from './progressMeter';
import { reconcileFiles, type Arrival } from './reconcileFiles';
import type { Tally } from './recordRun';

/** What differs between a look at the whole folder and one at a few paths. */
export interface FilesToTakeIn {
  readonly known: readonly IndexedFile[];
  /** The files that are there now. */
  readonly files: AsyncIterable<WalkedFile>;
  /** Which of the samples whose file was not among `files` have lost it; asked after `files` has ended. */
  findLost(unseen: readonly IndexedFile[], arrivals: readonly Arrival[]): Promise<readonly IndexedFile[]>;
}

/** How many images a look at the files found to be different. */
export interface IndexCounts {
  added: number;
  changed: number;
  /** Under another path, or touched: the same bytes with another time. */
  moved: number;
  missing: number;
  /** Back after they were missing. */
  found: number;
  /** Ids of the samples that are added or changed: what nobody has looked at yet. */
  readonly fresh: number[];
}

export function noChanges(): IndexCounts {
  return { added: 0, changed: 0, moved: 0, missing: 0, found: 0, fresh: [] };
}

const ADD_AT_A_TIME = 512;
/** Unchanged files go by too fast to report each. */
const REPORT_EACH = 256;
const HASH_AT_A_TIME = 256;
const HASH_BYTES_AT_A_TIME = 256 * 1024 * 1024;

/**
 * Brings the index in line with the files and reads the headers of new and changed ones, all committed as it comes.
 * A file whose size no sample has is certainly new and goes in at once; the others wait for the end of the walk, which
 * tells what has vanished and so can have moved.
 */
export async function takeInFiles(context: JobContext, tally: Tally, input: FilesToTakeIn): Promise<IndexCounts> {
  const { dataset } = context;
  const counts = noChanges();
  const meter = new ProgressMeter(context, 'index', 0);
  const headers = new HeaderQueue(context, tally, meter);
  const byPath = indexByPath(input.known);
  const sizes = new Set(input.known.map((sample) => sample.size));
  const seen = new Set<IndexedFile>();
  const found: number[] = [];
  const arrivals: Arrival[] = [];
  let total = 0;
  let unchanged = 0;
  let fresh: NewSample[] = [];

  const add = async (added: NewSample[]) => {
    if (added.length === 0) return;
    const { addedIds } = await dataset.commitIndex({ added, changed: [], moved: [], missing: [], found: [] });
    counts.added += added.length;
    counts.fresh.push(...addedIds);
    headers.add(added.map(({ path }, i) => ({ id: addedIds[i], path })));
  };

  for await (const file of input.files) {
    total++;
    const previous = byPath.get(file.path) ?? null;
    if (previous && isUnchanged(previous, file)) {
      seen.add(previous);
      if (previous.missing) found.push(previous.id);
      if (!previous.hasHeader) headers.add([previous]);
      else if (++unchanged % REPORT_EACH === 0) meter.add(REPORT_EACH);
    } else if (previous || sizes.has(file.size)) {
      arrivals.push({ file, previous });
    } else {
      fresh.push(file);
      if (fresh.length >= ADD_AT_A_TIME) {
        await add(fresh);
        fresh = [];
      }
    }
  }
  await add(fresh);
  meter.total = total;
  meter.add(unchanged % REPORT_EACH);

  const unseen = input.known.filter((sample) => !seen.has(sample));
  const lost = await input.findLost(unseen, arrivals);
  const change = await reconcileFiles(arrivals, lost, (files) => hashFiles(context, files));
  counts.found = found.length;
  counts.changed = change.changed.length;
  counts.fresh.push(...change.changed.map(({ id }) => id));
  counts.moved = change.moved.length;
  counts.missing = change.missing.length;
  const { added, ...rest } = change;
  if (found.length + change.changed.length + change.moved.length + change.missing.length > 0) {
    await dataset.commitIndex({ ...rest, added: [], found });
    await keepThumbnails(context, change.moved, input.known);
  }
  const knownById = new Map(input.known.map((sample) => [sample.id, sample]));
  const movedUnread = change.moved.filter(({ id }) => !knownById.get(id)!.hasHeader);
  meter.add(change.moved.length - movedUnread.length);
  headers.add(movedUnread);
  headers.add(change.changed.map(({ id }) => ({ id, path: knownById.get(id)!.path })));
  for (let i = 0; i < added.length; i += ADD_AT_A_TIME) await add(added.slice(i, i + ADD_AT_A_TIME));
  await headers.settled();
  return counts;
}

/** A sample that is there goes before a missing one whose path it has taken over. */
function indexByPath(known: readonly IndexedFile[]): Map<string, IndexedFile> {
  const byPath = new Map<string, IndexedFile>();
  for (const sample of known) {
    if (!sample.missing || !byPath.has(sample.path)) byPath.set(sample.path, sample);
  }
  return byPath;
}

function isUnchanged(sample: IndexedFile, file: WalkedFile): boolean {
  return sample.size === file.size && Math.round(sample.mtimeMs) === file.mtimeMs;
}

/** Hex SHA-256 of files given by their paths in the dataset; null where one cannot be read. */
export async function hashFiles(
  context: JobContext,
  files: readonly Pick<WalkedFile, 'path' | 'size'>[],
): Promise<(string | null)[]> {
  const { worker, signal, dataset } = context;
  const hashes: (string | null)[] = [];
  let paths: string[] = [];
  let bytes = 0;
  const flush = async () => {
    const batch = paths;
    paths = [];
    bytes = 0;
    const call = () => worker.call('hashFiles', { paths: batch }, { signal });
    if (batch.length > 0) hashes.push(...(await callWithRestarts('reading image files', call)));
  };
  for (const { path, size } of files) {
    paths.push(join(dataset.location.folder, path));
    bytes += size;
    if (paths.length >= HASH_AT_A_TIME || bytes >= HASH_BYTES_AT_A_TIME) await flush();
  }
  await flush();
  return hashes;
}

/** The time is part of a thumbnail's name; the picture of a touched file is the same. */
async function keepThumbnails(
  { dataset }: JobContext,
  moved: readonly { id: number; mtimeMs: number }[],
  known: readonly IndexedFile[],
): Promise<void> {
  const before = new Map(known.map((sample) => [sample.id, sample]));
  for (const sample of moved) {
    const from = thumbnailPath(dataset.location, before.get(sample.id)!);
    const to = thumbnailPath(dataset.location, sample);
    // Without a thumbnail there is nothing to keep; it is made when it is wanted.
    if (from !== to) await rename(from, to).catch(() => undefined);
  }
}
