import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../protocol/userError';
import { byteSize } from '../../protocol/byteSize';

/** Left free beside a download: a disk without any space makes other programs fail. */
const MARGIN = 100e6;

/** Bytes that may be written below a folder, which need not exist yet; null where the system does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  for (let path = folder; ; path = dirname(path)) {
    try {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    } catch {
      if (path === dirname(path)) return null;
    }
  }
}

/** @throws UserError `disk-full` */
export function requireSpace(folder: string, needed: number, free: number | null): void {
  if (free === null || needed === 0 || free >= needed + MARGIN) return;
  throw new UserError(
    'disk-full',
    `${byteSize(needed)} are to be downloaded, and the disk that holds ${folder} has ${byteSize(free)} free ` +
      `(${byteSize(MARGIN)} of them are left alone). Free some space, or set DATAVISOR_MODELS to a folder on another disk.`,
  );
}

/** What the system said of the disk, as something a person can act on, where it is; other errors pass unchanged. */
export function asStorageError(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new UserError(
      'disk-full',
      `The disk that holds ${folder} is full. Free some space and download again: it goes on from there.`,
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new UserError(
      'models-not-writable',
      `The models' folder ${folder} cannot be written. Check its permissions, or set DATAVISOR_MODELS to another folder.`,
      { cause: error },
    );
  }
  return error;
}
