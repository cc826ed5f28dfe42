import sharp from 'sharp';
import type { ImageHeader } from '../header/imageHeader';
import { describeSharpError } from '../header/sharpHeader';
import { ImageFailure } from '../imageFailure';
import type { Raster } from './raster';
import { halveRaster } from './raster';

/** Long side of the raster that everything is measured on. */
const BASE_SIDE = 512;
/** Long side of the second raster that large photos get: fine blur is gone when they are reduced to `BASE_SIDE`. */
const DETAIL_SIDE = 1024;
/** A reduction that the JPEG decoder makes itself is taken when it ends at this side or above: it costs nothing. */
const MIN_DETAIL_SIDE = 900;
/** The limit of sharp: a square of 16,383 pixels. A decoder may hold all of them at 4 bytes each. */
export const MAX_PIXELS = 0x3fff * 0x3fff;
/** Transparent parts show as middle gray, which is neither dark nor bright. */
const BACKGROUND = '#808080';
const TIMEOUT_SECONDS = 300;

export interface DecodedImage {
  /** Fits inside 512 × 512, never enlarged. */
  readonly base: Raster;
  /** Twice the size of `base`, of images with more than 1024 pixels on their long side; else null. */
  readonly detail: Raster | null;
}

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
 * Decodes an image once: shrunk while loading where the format can, EXIF rotation applied, first frame of an animation,
 * CMYK, 16-bit and other profiles converted to 8-bit sRGB, alpha flattened on gray.
 * @throws ImageFailure `too-large`, `not-an-image` or `damaged` (a file that is cut off is damaged).
 */
export async function decodeImage(bytes: Buffer, header: ImageHeader): Promise<DecodedImage> {
  refuseTooLarge(header);
  const side = targetSide(header);
  const image = sharp(bytes, {
    failOn: 'error',
    limitInputPixels: MAX_PIXELS,
    sequentialRead: true,
    ignoreIcc: header.isSrgb,
  }).timeout({ seconds: TIMEOUT_SECONDS });
  if (header.orientation !== 1) image.autoOrient();
  if (header.hasAlpha) image.flatten({ background: BACKGROUND });
  if (!header.isSrgb) image.toColourspace('srgb');
  if (Math.max(header.width, header.height) > side)
    image.resize(side, side, { fit: 'inside', withoutEnlargement: true });
  let decoded: Raster;
  try {
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    decoded = asRgb(data, info.width, info.height, info.channels);
  } catch (error) {
    throw describeSharpError(error);
  }
  return side > BASE_SIDE ? { base: halveRaster(decoded), detail: decoded } : { base: decoded, detail: null };
}

/** Long side to decode to: up to 512 for small images, up to 1024 (halved afterwards) for those above 1024. */
function targetSide(header: ImageHeader): number {
  const longSide = Math.max(header.width, header.height);
  if (longSide <= DETAIL_SIDE) return BASE_SIDE;
  if (header.format !== 'jpeg') return DETAIL_SIDE;
  const shrunk = [8, 4, 2].map((factor) => Math.floor(longSide / factor));
  return shrunk.find((side) => side >= MIN_DETAIL_SIDE && side <= DETAIL_SIDE) ?? DETAIL_SIDE;
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
