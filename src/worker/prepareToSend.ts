import sharp from 'sharp';
import type { Failure } from '../protocol/workerApi';
import { headerOf } from './header/readHeader';
import { decodeWhole } from './image/decodeForModel';
import { refuseTooLarge } from './image/decodeRaster';
import { ImageFailure } from './imageFailure';
import { PixelBudget } from './pixelBudget';
import { readImageFile } from './readImageFile';

/** Pixels that may be in decoders at once: ten photos of 12 megapixels. */
const decoding = new PixelBudget(120_000_000);
/** What models see suffers less from this than from the smaller size; an image is some 80 KB. */
const JPEG_QUALITY = 85;

/**
 * Makes the JPEG of an image that may leave the machine. It is encoded from bare pixels, so that nothing else of the
 * file (EXIF, places, thumbnails, comments, profiles) can come along.
 * @param longSide at most so many pixels; smaller images stay as they are
 */
export async function prepareToSend(
  { id, path, longSide }: { readonly id: number; readonly path: string; readonly longSide: number },
  signal: AbortSignal,
): Promise<{ ok: true; id: number; jpeg: Uint8Array } | Failure> {
  try {
    const { bytes } = await readImageFile(path);
    const header = await headerOf(bytes);
    refuseTooLarge(header);
    const { data, width, height } = await decoding.run(header.width * header.height, () => {
      signal.throwIfAborted();
      return decodeWhole(bytes, header, longSide);
    });
    const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer();
    return { ok: true, id, jpeg };
  } catch (error) {
    if (!(error instanceof ImageFailure)) throw error;
    return { ok: false, id, code: error.code, message: error.message };
  }
}
