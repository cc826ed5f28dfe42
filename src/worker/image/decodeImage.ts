import sharp from 'sharp';
import type { ImageHeader } from '../header/imageHeader';
import { describeSharpError } from '../header/sharpHeader';
import { ImageFailure } from '../imageFailure';
import type { Raster } from './raster';

/** Long side of the raster that everything is measured on. */
const BASE_SIDE = 512;
/** Long side of the raster for a second look at large photos: fine blur is gone when they are reduced to `BASE_SIDE`. */
const DETAIL_SIDE = 1024;
/** A reduction that the JPEG decoder makes itself is taken from this share of the wanted side on: it costs nothing. */
const CLOSE_ENOUGH = 0.82;
/**
 * sharp lets libjpeg reduce by 8, 4 or 2 only when a little more is wanted, at least 9, 5 or 3: it makes up for how
 * libjpeg rounds sizes. The rest is room for rounding of the short side.
 */
const JPEG_REDUCTIONS = [9.03, 5.03, 3.03];
/** The limit of sharp: a square of 16,383 pixels. A decoder may hold all of them at 4 bytes each. */
export const MAX_PIXELS = 0x3fff * 0x3fff;
/** Transparent parts show as middle gray, which is neither dark nor bright. */
const BACKGROUND = '#808080';
const TIMEOUT_SECONDS = 300;

/** @throws ImageFailure `too-large`, before anything is decoded, when the image has too many pixels. */
export function refuseTooLarge(header: ImageHeader): void {
  const pixels = header.width * header.height;
  if (pixels <= MAX_PIXELS) return;
  const size = `${header.width.toLocaleString('en')} × ${header.height.toLocaleString('en')} pixels`;
  throw new ImageFailure(
    'too-large',
    `The image is too large to decode safely: ${size} are ${Math.round(pixels / 1e6).toLocaleString('en')} megapixels, ` +
      `the limit is ${Math.floor(MAX_PIXELS / 1e6)}. Scale it down or exclude it.`,
  );
}

/**
 * Decodes an image: shrunk while loading where the format can, EXIF rotation applied, first frame of an animation, CMYK,
 * 16-bit and other profiles converted to 8-bit sRGB, alpha flattened on gray.
 * @returns a raster that fits inside 512 × 512, never enlarged.
 * @throws ImageFailure `too-large`, `not-an-image` or `damaged` (a file that is cut off is damaged).
 */
export function decodeImage(bytes: Buffer, header: ImageHeader): Promise<Raster> {
  return decodeInside(BASE_SIDE, bytes, header);
}

/** Whether an image has detail that `decodeImage` leaves out. */
export function hasDetail({ width, height }: ImageHeader): boolean {
  return Math.max(width, height) > DETAIL_SIDE;
}

/** The same at twice the size, for a second look. It costs half as much again as the first. */
export function decodeDetail(bytes: Buffer, header: ImageHeader): Promise<Raster> {
  return decodeInside(DETAIL_SIDE, bytes, header);
}

async function decodeInside(limit: number, bytes: Buffer, header: ImageHeader): Promise<Raster> {
  refuseTooLarge(header);
  const image = sharp(bytes, {
    // stray bytes between segments and the like are no reason to refuse what every viewer shows
    failOn: 'truncated',
    limitInputPixels: MAX_PIXELS,
    sequentialRead: true,
    ignoreIcc: header.isSrgb,
  }).timeout({ seconds: TIMEOUT_SECONDS });
  if (header.orientation !== 1) image.autoOrient();
  if (header.hasAlpha) image.flatten({ background: BACKGROUND });
  if (!header.isSrgb) image.toColourspace('srgb');
  const side = sideToDecode(limit, header);
  if (Math.max(header.width, header.height) > side)
    image.resize(side, side, { fit: 'inside', withoutEnlargement: true });
  try {
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    return asRgb(data, info.width, info.height, info.channels);
  } catch (error) {
    throw describeSharpError(error);
  }
}

/** The long side to ask for: the limit, or a little less where the JPEG decoder can reduce to that by itself. */
function sideToDecode(limit: number, { width, height, format }: ImageHeader): number {
  if (format !== 'jpeg') return limit;
  const reduced = JPEG_REDUCTIONS.map((factor) => Math.floor(Math.max(width, height) / factor));
  return reduced.find((side) => side >= CLOSE_ENOUGH * limit && side <= limit) ?? limit;
}

/** Grayscale becomes three equal channels, so that all that follows knows one layout only. */
function asRgb(data: Buffer, width: number, height: number, channels: number): Raster {
  if (channels === 3) return { data, width, height };
  const rgb = new Uint8Array(width * height * 3);
  const step = channels >= 3 ? 1 : 0; // a fourth channel, or the second of gray with alpha, is left out
  for (let p = 0, to = 0; to < rgb.length; p += channels, to += 3) {
    rgb[to] = data[p]!;
    rgb[to + 1] = data[p + step]!;
    rgb[to + 2] = data[p + 2 * step]!;
  }
  return { data: rgb, width, height };
}
