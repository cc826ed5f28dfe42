import sharp from 'sharp';
import type { Metadata } from 'sharp';
import { lacksEnd } from '../image/lacksEnd';
import { ImageFailure } from '../imageFailure';
import { parseExif } from './exif';
import type { ImageHeader } from './imageHeader';
import { turnsSideways } from './imageHeader';

/**
 * Header of a format without a parser of its own (GIF, WebP, TIFF, AVIF, SVG, …), from libvips.
 * @param input the file's bytes, or its path.
 * @throws ImageFailure `not-an-image` when no decoder knows it, `damaged` when one does but gives up.
 */
export async function sharpHeader(input: Buffer | string): Promise<ImageHeader> {
  let metadata: Metadata;
  try {
    // the size guard is the caller's: it wants to say how large the image is
    metadata = await sharp(input, { failOn: 'truncated', limitInputPixels: false }).metadata();
  } catch (error) {
    throw describeSharpError(error, typeof input === 'string' ? null : input);
  }
  const exif = parseExif(metadata.exif?.subarray(6) ?? Buffer.alloc(0));
  const orientation = metadata.orientation ?? 1;
  const height = metadata.pageHeight ?? metadata.height;
  const sideways = turnsSideways(orientation);
  return {
    format: metadata.format === 'heif' && metadata.compression === 'av1' ? 'avif' : metadata.format,
    width: sideways ? height : metadata.width,
    height: sideways ? metadata.width : height,
    orientation,
    hasAlpha: metadata.hasAlpha,
    isSrgb: !metadata.hasProfile && metadata.space === 'srgb',
    capturedAt: exif.capturedAt,
    camera: exif.camera,
  };
}

/**
 * What an error of sharp means for the person who looks at the image. libvips keeps one text of errors for all that it
 * decodes at once, so the text can be lost ("Unknown error"): whether the end is missing is seen from the bytes too.
 * @param bytes the file's, or null where they are not at hand
 */
export function describeSharpError(error: unknown, bytes: Buffer | null): ImageFailure {
  const text = error instanceof Error ? error.message : String(error);
  if (/unsupported image format|is missing|empty/i.test(text)) {
    return new ImageFailure('not-an-image', 'The content of the file is no image format that can be read.', {
      cause: error,
    });
  }
  if (/pixel limit|too large|timeout/i.test(text)) {
    return new ImageFailure('too-large', `The image is too large to decode (${firstLine(text)}).`, { cause: error });
  }
  const truncated =
    (bytes !== null && lacksEnd(bytes)) ||
    /premature end|truncated|end of (file|stream|image)|not enough|read error|unexpected eof/i.test(text);
  const what = truncated ? 'The file is cut off: its end is missing' : 'The image data is damaged';
  return new ImageFailure('damaged', `${what} (${firstLine(text)}).`, { cause: error });
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/[.\s]+$/, '').slice(0, 200);
}
