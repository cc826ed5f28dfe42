import type { IndexChange, IndexedFile } from '../indexChange';
import type { WalkedFile } from '../walkFolder';

/** A file that the index does not know as it is now. */
export interface Arrival {
  readonly file: WalkedFile;
  /** The sample that the index has under this path, with another size or time; null when it has none. */
  readonly previous: IndexedFile | null;
}

/** Hex SHA-256 of files given by their paths in the dataset; null where one cannot be read. */
export type HashFiles = (files: readonly WalkedFile[]) => Promise<(string | null)[]>;

/**
 * Tells changed files from moved ones: a sample follows its bytes, so that what a person decided about a picture stays
 * with that picture through renames, moves, swapped and shifted names. Bytes are read only where a lost sample of
 * that size has a hash to compare with. A sample that was never hashed follows its size and time when no other file
 * or sample shares them.
 *
 * @param lost samples that are not at their path as the index knows them: vanished, or under an arrival's path
 */
export async function reconcileFiles(
  arrivals: readonly Arrival[],
  lost: readonly IndexedFile[],
  hashFiles: HashFiles,
): Promise<Omit<IndexChange, 'found'>> {
  const free = new Set(lost);
  const matches = new Map<Arrival, IndexedFile>();
  const match = (arrival: Arrival, sample: IndexedFile | undefined) => {
    if (!sample) return;
    matches.set(arrival, sample);
    free.delete(sample);
  };

  const hashes = await hashCandidates(arrivals, lost, hashFiles);
  for (const [arrival, hash] of hashes) {
    const { previous } = arrival;
    if (previous?.contentHash === hash && free.has(previous)) match(arrival, previous); // touched, not changed
  }
  const byHash = groupBy(
    lost.filter((sample) => sample.contentHash !== null),
    (sample) => sample.contentHash!,
  );
  for (const [arrival, hash] of hashes) {
    if (matches.has(arrival)) continue;
    match(arrival, likeliest(arrival, byHash.get(hash)?.filter((sample) => free.has(sample)) ?? []));
  }
  const unmatched = arrivals.filter((arrival) => !matches.has(arrival));
  for (const [arrival, sample] of matchUnhashed(unmatched, [...free])) match(arrival, sample);

  const change = { added: [] as WalkedFile[], changed: [] as IndexChange['changed'][number][] };
  const moved = [...matches].map(([{ file }, { id }]) => ({ id, path: file.path, mtimeMs: file.mtimeMs }));
  for (const arrival of arrivals) {
    const { file, previous } = arrival;
    if (matches.has(arrival)) continue;
    if (previous && free.delete(previous)) {
      change.changed.push({ id: previous.id, size: file.size, mtimeMs: file.mtimeMs });
    } else {
      change.added.push(file);
    }
  }
  const missing = [...free].filter((sample) => !sample.missing).map(({ id }) => id);
  return { ...change, moved, missing };
}

async function hashCandidates(
  arrivals: readonly Arrival[],
  lost: readonly IndexedFile[],
  hashFiles: HashFiles,
): Promise<Map<Arrival, string>> {
  const sizes = new Set(lost.filter((sample) => sample.contentHash !== null).map((sample) => sample.size));
  const candidates = arrivals.filter(({ file }) => sizes.has(file.size));
  const hashes = candidates.length === 0 ? [] : await hashFiles(candidates.map(({ file }) => file));
  return new Map(
    candidates.flatMap((arrival, i): [Arrival, string][] => {
      const hash = hashes[i];
      return hash ? [[arrival, hash]] : [];
    }),
  );
}

/** Of samples with the same bytes: one that was there until now, rather one of the same name. */
function likeliest({ file }: Arrival, samples: readonly IndexedFile[]): IndexedFile | undefined {
  const name = baseName(file.path);
  const present = samples.filter((sample) => !sample.missing);
  const best = present.length > 0 ? present : samples;
  return best.find((sample) => baseName(sample.path) === name) ?? best[0];
}

function matchUnhashed(arrivals: readonly Arrival[], lost: readonly IndexedFile[]): [Arrival, IndexedFile][] {
  const unhashed = groupBy(
    lost.filter((sample) => sample.contentHash === null),
    (sample) => `${sample.size} ${Math.round(sample.mtimeMs)}`,
  );
  const same = groupBy(arrivals, ({ file }) => `${file.size} ${file.mtimeMs}`);
  return [...same].flatMap(([key, files]): [Arrival, IndexedFile][] => {
    const samples = unhashed.get(key) ?? [];
    return files.length === 1 && samples.length === 1 ? [[files[0], samples[0]]] : [];
  });
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
