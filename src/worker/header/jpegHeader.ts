import { NO_EXIF, parseExif } from './exif';
import { isSrgbProfile } from './iccProfile';
import type { ParsedHeader } from './imageHeader';
import { turnsSideways } from './imageHeader';

const EXIF_PREFIX = 'Exif\0\0';
const ICC_PREFIX = 'ICC_PROFILE\0';
/** Identifier, chunk number, number of chunks. */
const ICC_PREFIX_LENGTH = 14;

/** Walks the marker segments of a JPEG (ITU T.81, annex B) up to the frame header. */
export function parseJpegHeader(bytes: Buffer): ParsedHeader {
  let exif = NO_EXIF;
  let isSrgb = true;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) {
      at++; // stray bytes between segments are skipped, as decoders do
      continue;
    }
    const marker = bytes[at + 1];
    if (marker === 0xff || marker === 0x01 || marker === 0x00 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2; // fill bytes and markers without a segment
      continue;
    }
    if (marker === 0xd9 || marker === 0xda) return null; // the picture ends or starts before its frame header
    const length = bytes.readUInt16BE(at + 2);
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (isFrameHeader(marker)) {
      if (at + 10 > bytes.length) return 'need-more';
      const height = bytes.readUInt16BE(at + 5);
      const width = bytes.readUInt16BE(at + 7);
      if (width === 0 || height === 0) return null;
      const sideways = turnsSideways(exif.orientation);
      return {
        format: 'jpeg',
        width: sideways ? height : width,
        height: sideways ? width : height,
        hasAlpha: false,
        // four components are CMYK, which is nothing without its profile
        isSrgb: isSrgb && bytes[at + 9] <= 3,
        ...exif,
      };
    }
    if (at + 2 + length > bytes.length) return 'need-more';
    if (marker === 0xe1 && segment.toString('latin1', 0, 6) === EXIF_PREFIX && exif === NO_EXIF) {
      exif = parseExif(segment.subarray(6));
    } else if (marker === 0xe2 && segment.toString('latin1', 0, 12) === ICC_PREFIX && segment[12] === 1) {
      isSrgb = isSrgbProfile(segment.subarray(ICC_PREFIX_LENGTH));
    }
    at += 2 + Math.max(length, 2);
  }
  return 'need-more';
}

function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
