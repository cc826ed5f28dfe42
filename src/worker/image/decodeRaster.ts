import sharp from 'sharp';
import type { ImageHeader } from '../header/imageHeader';
import { describeSharpError } from '../header/sharpHeader';
import { ImageFailure } from '../imageFailure';
import type { Raster } from './raster';

/** The limit of sharp: a square of 16,383 pixels. A decoder may hold all of them at 4 bytes each. */
export const MAX_PIXELS = 0x3fff * 0x3fff;
const TIMEOUT_SECONDS = 300;

export interface DecodeOptions {
  /** Scaled down on the way, as it fits inside or, with `fill`, to exactly this; as it is by default. */
  readonly resize?: {
    readonly width: number;
    readonly height: number;
    readonly fit: 'inside' | 'fill';
    readonly kernel?: 'cubic' | 'lanczos3';
  };
  /** What shows through transparent parts. */
  readonly background: string;
  /** Converts CMYK without a profile by plain arithmetic, as Pillow and browsers do, not by a profile of ours. */
  readonly plainCmyk?: boolean;
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
 * Decodes an image: shrunk while loading where the format can, EXIF rotation applied, first frame of an animation, CMYK,
 * 16-bit and other profiles converted to 8-bit sRGB, alpha flattened.
 * @throws ImageFailure `too-large`, `not-an-image` or `damaged` (a file that is cut off is damaged).
 */
export async function decodeRaster(
  bytes: Buffer,
  header: ImageHeader,
  { resize, background, plainCmyk = false }: DecodeOptions,
): Promise<Raster> {
  refuseTooLarge(header);
  const input = {
    // stray bytes between segments and the like are no reason to refuse what every viewer shows
    failOn: 'truncated' as const,
    limitInputPixels: MAX_PIXELS,
    sequentialRead: true,
    ignoreIcc: header.isSrgb,
  };
  try {
    const isPlainCmyk = plainCmyk && !header.isSrgb && (await isCmykWithoutProfile(bytes));
    const image = sharp(bytes, input).timeout({ seconds: TIMEOUT_SECONDS });
    if (header.orientation !== 1) image.autoOrient();
    if (header.hasAlpha) image.flatten({ background });
    if (isPlainCmyk) image.pipelineColourspace('cmyk').toColourspace('cmyk');
    else if (!header.isSrgb) image.toColourspace('srgb');
    if (resize) {
      const { width, height, fit, kernel = 'lanczos3' } = resize;
      image.resize(width, height, { fit, kernel, withoutEnlargement: fit === 'inside' });
    }
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    return isPlainCmyk ? fromCmyk(data, info) : asRgb(data, info);
  } catch (error) {
    throw describeSharpError(error, bytes);
  }
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Grayscale becomes three equal channels, so that all that follows knows one layout only. */
function asRgb(data: Buffer, { width, height, channels }: Layout): Raster {
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

async function isCmykWithoutProfile(bytes: Buffer): Promise<boolean> {
  const { space, hasProfile } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return space === 'cmyk' && !hasProfile;
}

/** Light that passes the ink and then the black: 255 · (1 − ink) · (1 − black), rounded as Pillow does. */
function fromCmyk(data: Buffer, { width, height, channels }: Layout): Raster {
  const rgb = new Uint8Array(width * height * 3);
  for (let p = 0, to = 0; to < rgb.length; p += channels, to += 3) {
    const light = 255 - data[p + 3];
    for (let channel = 0; channel < 3; channel++) {
      const product = data[p + channel] * light + 128;
      rgb[to + channel] = Math.max(0, light - (((product >> 8) + product) >> 8));
    }
  }
  return { data: rgb, width, height };
}
