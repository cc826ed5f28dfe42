import type { ImageHeader } from '../header/imageHeader';
import { JPEG_REDUCTIONS } from './decodeImage';
import { decodeRaster } from './decodeRaster';
import type { Raster } from './raster';

/**
 * Transparent parts show as white: so they were when the images that CLIP and its kin learned from were collected
 * (img2dataset blends them so), and what lies under them is nothing that anybody sees.
 */
const BACKGROUND = '#ffffff';
/**
 * A large image is reduced by its decoder only as long as so many times the model's pixels are left for the exact
 * resize. Against the exact resize of the whole image that makes .3 of 255 levels on average, 4 at the most.
 */
const LEFT_BY_JPEG = 2.25;
/** The same where sharp reduces after decoding; images below `ENOUGH` times the model's pixels are left as they are. */
const LEFT_BY_RESIZE = 3;
const ENOUGH = 4.5;
/** Long side of what vision-language models get: their own processors reduce it further. */
const WHOLE_SIDE = 1536;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes an image that is resized to `wanted` after this, with enough of it left that the result is as good as from
 * all of it. The rest as in `decodeRaster`; transparent parts are white, CMYK without a profile is converted plainly.
 * @throws ImageFailure `too-large`, `not-an-image` or `damaged`.
 */
export function decodeForModel(bytes: Buffer, header: ImageHeader, wanted: Size): Promise<Raster> {
  const size = sizeToDecode(header, wanted);
  const options = { background: BACKGROUND, plainCmyk: true };
  if (!size) return decodeRaster(bytes, header, options);
  return decodeRaster(bytes, header, { ...options, resize: { ...size, fit: 'fill', kernel: 'cubic' } });
}

/**
 * Decodes an image as vision-language models get it: as it is, but at most so many pixels on its long side.
 * @param longSide 1536 by default
 */
export function decodeWhole(bytes: Buffer, header: ImageHeader, longSide = WHOLE_SIDE): Promise<Raster> {
  const options = { background: BACKGROUND, plainCmyk: true };
  if (Math.max(header.width, header.height) <= longSide) return decodeRaster(bytes, header, options);
  const resize = { width: longSide, height: longSide, fit: 'inside' as const };
  return decodeRaster(bytes, header, { ...options, resize });
}

function sizeToDecode({ width, height, format }: ImageHeader, wanted: Size): Size | null {
  const times = Math.min(width / wanted.width, height / wanted.height);
  const { by4, by2 } = JPEG_REDUCTIONS; // by 8 the decoder keeps no more than the mean of each block, which shows
  const factor = format === 'jpeg' ? [by4, by2].find((by) => times / by >= LEFT_BY_JPEG) : undefined;
  if (factor !== undefined) return { width: Math.floor(width / factor), height: Math.floor(height / factor) };
  if (times < ENOUGH) return null;
  const reduce = times / LEFT_BY_RESIZE;
  return { width: Math.round(width / reduce), height: Math.round(height / reduce) };
}
