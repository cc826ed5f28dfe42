import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../protocol/userError';
import { VECTORS_FILE, type AlikeRequest, type MapRequest } from '../../protocol/workerApi';
import type { Dataset } from '../dataset';
import type { JobContext } from './jobContext';

/** Raised when stages give something else for the same input, so that what an older version left is not taken. */
const REVISION = 1;
/** Vectors that are read at a time, for a dataset stays usable meanwhile: 12 MB of 384 numbers each. */
const ROWS_AT_A_TIME = 8192;
/** Samples whose vectors go into one digest. */
const ROWS_OF_A_DIGEST = 65_536;

/** What the vectors are wanted for; each has folders of its own. */
export type VectorUse = 'map' | 'duplicates';

/** What is made of the vectors: that and they name the folder. */
type VectorInput = Omit<MapRequest, 'folder'> | Omit<AlikeRequest, 'folder'>;

/**
 * The folder beside the database in which the worker finds the vectors of a model, and leaves what one stage of a map makes
 * for the next. Named by all that this depends on, so that a run that was cancelled or killed is gone on with, and no
 * other one.
 */
export class VectorFolder {
  private constructor(
    readonly folder: string,
    private readonly home: string,
    /** With what the names of all folders of this use and model begin. */
    private readonly prefix: string,
  ) {}

  /**
   * Makes the folder, and removes those that other inputs or settings of the same use and model have left.
   * @param digest of the vectors, as `digestVectors` gives it
   */
  static async open(
    dataset: Dataset,
    use: VectorUse,
    embedder: string,
    digest: string,
    input: VectorInput,
  ): Promise<VectorFolder> {
    const home = homeOf(dataset);
    const hash = createHash('sha256').update(JSON.stringify([REVISION, embedder, input, digest]));
    const prefix = prefixOf(use, embedder);
    const made = new VectorFolder(join(home, prefix + hash.digest('hex').slice(0, 32)), home, prefix);
    await removeAll(home, prefix, made.folder);
    await mkdir(made.folder, { recursive: true });
    return made;
  }

  /** Removes what runs of this use and model have left that did not come to their end. */
  static sweep(dataset: Dataset, use: VectorUse, embedder: string): Promise<void> {
    return removeAll(homeOf(dataset), prefixOf(use, embedder), null);
  }

  /**
   * Writes the vectors, unless they are there.
   * @param onRows called with how many are written
   * @throws UserError `disk-full`
   */
  async write(
    { dataset, signal }: JobContext,
    embedder: string,
    ids: Int32Array,
    length: number,
    onRows: (written: number) => void,
  ): Promise<void> {
    const path = join(this.folder, VECTORS_FILE);
    if ((await sizeOf(path)) === ids.length * length * Float32Array.BYTES_PER_ELEMENT) return;
    const aside = `${path}.part`;
    try {
      const file = await open(aside, 'w');
      try {
        for (let from = 0; from < ids.length; from += ROWS_AT_A_TIME) {
          signal.throwIfAborted();
          const some = ids.subarray(from, from + ROWS_AT_A_TIME);
          const { buffer, byteOffset, byteLength } = await dataset.projections.vectors(embedder, some, length);
          await file.writeFile(new Uint8Array(buffer, byteOffset, byteLength));
          onRows(from + some.length);
        }
      } finally {
        await file.close();
      }
      await rename(aside, path);
    } catch (error) {
      throw isFullDisk(error) ? diskFull(this.folder, error) : error;
    }
  }

  /** What was to be made of the vectors is made, or will not be. */
  remove(): Promise<void> {
    return removeAll(this.home, this.prefix, null);
  }
}

/**
 * Changes with the samples that a model has embedded, and with their vectors.
 * @param ids those of `embeddedSamples`
 * @throws the signal's reason when aborted
 */
export async function digestVectors(
  { dataset, signal }: Pick<JobContext, 'dataset' | 'signal'>,
  embedder: string,
  ids: Int32Array,
): Promise<string> {
  const hash = createHash('sha256').update(ids);
  for (let from = 0; from < ids.length; from += ROWS_OF_A_DIGEST) {
    signal.throwIfAborted();
    hash.update(await dataset.projections.digest(embedder, ids.subarray(from, from + ROWS_OF_A_DIGEST)));
  }
  return hash.digest('hex');
}

function homeOf({ location }: Dataset): string {
  return `${location.database}.map`;
}

function prefixOf(use: VectorUse, embedder: string): string {
  const name = `${createHash('sha256').update(embedder).digest('hex').slice(0, 12)}-`;
  return use === 'map' ? name : `${use}-${name}`;
}

async function removeAll(home: string, prefix: string, but: string | null): Promise<void> {
  const names = await readdir(home).catch(ifAbsent([]));
  for (const name of names) {
    const folder = join(home, name);
    if (name.startsWith(prefix) && folder !== but) await rm(folder, { recursive: true, force: true });
  }
  if (but === null) await rmdir(home).catch(ifAbsent(undefined, 'ENOENT', 'ENOTEMPTY', 'EEXIST'));
}

async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(ifAbsent(null));
  return found && found.size;
}

function ifAbsent<T>(instead: T, ...codes: string[]): (error: unknown) => T {
  const expected = codes.length > 0 ? codes : ['ENOENT'];
  return (error) => {
    if (expected.includes((error as NodeJS.ErrnoException).code ?? '')) return instead;
    throw error;
  };
}

function isFullDisk(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

function diskFull(folder: string, cause: unknown): UserError {
  const text = `The disk is full: the vectors could not be written to ${folder}. Free some space, then run it again.`;
  return new UserError('disk-full', text, { cause });
}
