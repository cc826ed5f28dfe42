import { NO_EXIF, parseExif } from './exif';
import type { ParsedHeader } from './imageHeader';
import { turnsSideways } from './imageHeader';

const COLOR_GRAY_ALPHA = 4;
const COLOR_RGB_ALPHA = 6;

/** Walks the chunks of a PNG (PNG specification, third edition, chapter 5) up to its first pixels. */
export function parsePngHeader(bytes: Buffer): ParsedHeader {
  if (bytes.length < 29) return 'need-more';
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  if (width === 0 || height === 0) return null;
  const bits = bytes[24];
  const color = bytes[25];
  let hasAlpha = color === COLOR_GRAY_ALPHA || color === COLOR_RGB_ALPHA;
  let isSrgb = bits <= 8;
  let exif = NO_EXIF;
  let at = 33;
  for (;;) {
    if (at + 8 > bytes.length) return 'need-more';
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT' || type === 'IEND') break;
    if (type === 'tRNS') hasAlpha = true;
    if (type === 'iCCP') isSrgb = false;
    if (type === 'eXIf') {
      if (at + 8 + length > bytes.length) return 'need-more';
      exif = parseExif(bytes.subarray(at + 8, at + 8 + length));
    }
    at += 12 + length;
  }
  const sideways = turnsSideways(exif.orientation);
  return {
    format: 'png',
    width: sideways ? height : width,
    height: sideways ? width : height,
    hasAlpha,
    isSrgb,
    ...exif,
  };
}
