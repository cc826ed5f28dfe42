import { mkdirSync, rename, unlink, writeFile } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { UserError } from '../../protocol/userError';
import type { Raster } from './raster';

// the plain functions cost less CPU than those of node:fs/promises
const writeBytes = promisify<string, Buffer>(writeFile);
const renameFile = promisify(rename);

/** Thumbnails fit inside a square of this side. */
export const THUMBNAIL_SIDE = 256;
const JPEG_QUALITY = 78;

let written = 0;

/**
 * Writes the JPEG thumbnail of a raster: complete or not at all, as it is renamed into place. Folders on the way are
 * made.
 * @throws UserError `disk-full` or `thumbnail-unwritable`.
 */
export async function writeThumbnail(raster: Raster, path: string): Promise<void> {
  const { data, width, height } = raster;
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  if (Math.max(width, height) > THUMBNAIL_SIDE) {
    image.resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', kernel: 'linear' });
  }
  // optimised Huffman tables save 3 % of the bytes and cost a second pass
  const jpeg = await image.jpeg({ quality: JPEG_QUALITY, optimiseCoding: false }).toBuffer();
  const temporary = `${path}.${process.pid}-${written++}.tmp`;
  try {
    await writeInto(temporary, jpeg);
    await renameFile(temporary, path);
  } catch (error) {
    unlink(temporary, () => undefined); // most often there is nothing to remove
    throw unwritable(error, dirname(path));
  }
}

async function writeInto(path: string, bytes: Buffer): Promise<void> {
  try {
    await writeBytes(path, bytes);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true });
    await writeBytes(path, bytes);
  }
}

function unwritable(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    return new UserError('disk-full', `The disk of ${folder} is full. Free some space and run again.`, {
      cause: error,
    });
  }
  const text = `Thumbnails cannot be written to ${folder} (${String(error.code)}). Make the folder writable and run again.`;
  return new UserError('thumbnail-unwritable', text, { cause: error });
}
