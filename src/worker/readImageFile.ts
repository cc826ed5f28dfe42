import { closeSync, fstatSync, open, read } from 'node:fs';
import { promisify } from 'node:util';
import { ImageFailure, unreadable } from './imageFailure';

// opening and reading can wait for a disk or a network; what is known of an open file cannot, and is asked for directly
const openFile = promisify(open);
const readPart = promisify(read);

/** No real image is larger; more than this is not taken into memory. */
const MAX_FILE_BYTES = 1024 ** 3;

export interface ImageFile {
  readonly bytes: Buffer;
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * Reads a whole image file; size and time are those of the very bytes that were read.
 * @throws ImageFailure `unreadable`, `too-large` or, for an empty file, `not-an-image`.
 */
export async function readImageFile(path: string): Promise<ImageFile> {
  try {
    const file = await openFile(path, 'r');
    try {
      const stats = fstatSync(file);
      if (stats.size > MAX_FILE_BYTES) {
        throw new ImageFailure('too-large', 'The file is larger than 1 GiB, which is more than is read.');
      }
      if (stats.size === 0 && stats.isFile()) {
        throw new ImageFailure('not-an-image', 'The file is empty (zero bytes).');
      }
      const buffer = Buffer.allocUnsafeSlow(stats.size);
      let length = 0;
      while (length < buffer.length) {
        const { bytesRead } = await readPart(file, buffer, length, buffer.length - length, length);
        if (bytesRead === 0) break; // it was cut short meanwhile; what was read is what counts
        length += bytesRead;
      }
      return { bytes: buffer.subarray(0, length), size: length, mtimeMs: stats.mtimeMs };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw error instanceof ImageFailure ? error : unreadable(error);
  }
}
