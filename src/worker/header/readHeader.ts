import { closeSync, open, read } from 'node:fs';
import { promisify } from 'node:util';
import { ImageFailure, unreadable } from '../imageFailure';
import type { ImageHeader, ParsedHeader } from './imageHeader';
import { parseJpegHeader } from './jpegHeader';
import { parsePngHeader } from './pngHeader';
import { sharpHeader } from './sharpHeader';

// the plain functions: FileHandle objects of node:fs/promises cost several times the CPU of such a short read
const openFile = promisify(open);

/** Enough for the header of nearly every camera file; large EXIF previews and profiles take a second read. */
const FIRST_READ = 16 * 1024;
/** A header that does not show within this is no header: more is not read. */
const LAST_READ = 16 * 1024 * 1024;

/**
 * Header of an image file, reading as little of it as can be.
 * @throws ImageFailure `unreadable`, `not-an-image` or `damaged`.
 */
export async function readHeader(path: string): Promise<ImageHeader> {
  let file: number;
  try {
    file = await openFile(path, 'r');
  } catch (error) {
    throw unreadable(error);
  }
  try {
    for (let length = FIRST_READ; ; length *= 16) {
      const bytes = await readStart(file, length);
      const wholeFile = bytes.length < length;
      const header = parseOwn(bytes);
      if (header === undefined) return await sharpHeader(path);
      if (header !== 'need-more') return header;
      if (wholeFile || length >= LAST_READ) throw cutOff();
    }
  } finally {
    closeSync(file);
  }
}

/**
 * Header of an image whose bytes are all in memory.
 * @throws ImageFailure `not-an-image` or `damaged`.
 */
export async function headerOf(bytes: Buffer): Promise<ImageHeader> {
  const header = parseOwn(bytes);
  if (header === undefined) return await sharpHeader(bytes);
  if (header === 'need-more') throw cutOff();
  return header;
}

/** @returns undefined when the format has no parser here. @throws ImageFailure when it has and its rules are broken. */
function parseOwn(bytes: Buffer): ImageHeader | 'need-more' | undefined {
  if (bytes.length === 0) throw new ImageFailure('not-an-image', 'The file is empty (zero bytes).');
  let parsed: ParsedHeader;
  if (bytes[0] === 0xff && bytes[1] === 0xd8) parsed = parseJpegHeader(bytes);
  else if (bytes.length >= 4 && bytes.readUInt32BE(0) === 0x89504e47) parsed = parsePngHeader(bytes);
  else return undefined;
  if (parsed === null) throw new ImageFailure('damaged', 'The image data is damaged (its header makes no sense).');
  return parsed;
}

function cutOff(): ImageFailure {
  return new ImageFailure('damaged', 'The file is cut off: its end is missing (it stops within the header).');
}

async function readStart(file: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  const bytesRead = await new Promise<number>((resolve, reject) => {
    read(file, buffer, 0, length, 0, (error, count) => (error ? reject(unreadable(error)) : resolve(count)));
  });
  return buffer.subarray(0, bytesRead);
}
