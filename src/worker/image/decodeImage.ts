import type { ImageHeader } from '../header/imageHeader';
import { decodeRaster } from './decodeRaster';
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
export const JPEG_REDUCTIONS = { by8: 9.03, by4: 5.03, by2: 3.03 } as const;
/** Transparent parts show as middle gray, which is neither dark nor bright. */
const BACKGROUND = '#808080';

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

function decodeInside(limit: number, bytes: Buffer, header: ImageHeader): Promise<Raster> {
  const side = sideToDecode(limit, header);
  const isLarger = Math.max(header.width, header.height) > side;
  const resize = isLarger ? { width: side, height: side, fit: 'inside' as const } : undefined;
  return decodeRaster(bytes, header, { background: BACKGROUND, ...(resize && { resize }) });
}

/** The long side to ask for: the limit, or a little less where the JPEG decoder can reduce to that by itself. */
function sideToDecode(limit: number, { width, height, format }: ImageHeader): number {
  if (format !== 'jpeg') return limit;
  const reduced = Object.values(JPEG_REDUCTIONS).map((factor) => Math.floor(Math.max(width, height) / factor));
  return reduced.find((side) => side >= CLOSE_ENOUGH * limit && side <= limit) ?? limit;
}
