import { createHash } from 'node:crypto';

/** One slice of a folder, for work that is spread over machines. */
export interface Shard {
  /** 0 to `count - 1`, as array jobs number their tasks. */
  readonly index: number;
  /** 1 or more. */
  readonly count: number;
}

/**
 * Which slice a path belongs to: the first four bytes of its SHA-256 (UTF-8), big-endian, modulo `count`. It depends on
 * nothing but the path, so that files that come or go move no other file to another slice.
 * @param path relative to the dataset's folder, with slashes
 * @returns 0 to `count - 1`
 */
export function sliceOf(path: string, count: number): number {
  return createHash('sha256').update(path).digest().readUInt32BE(0) % count;
}

/** Whether a file of this path, relative with slashes, is in the slice. */
export function isInShard(path: string, { index, count }: Shard): boolean {
  return sliceOf(path, count) === index;
}
