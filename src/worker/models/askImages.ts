import type { Failure } from '../../protocol/workerApi';
import type { ImageHeader } from '../header/imageHeader';
import { headerOf } from '../header/readHeader';
import { refuseTooLarge } from '../image/decodeRaster';
import type { Raster } from '../image/raster';
import { ImageFailure } from '../imageFailure';
import { mapInFlight } from '../mapInFlight';
import { PixelBudget } from '../pixelBudget';
import { readImageFile } from '../readImageFile';
import type { RunnableModel } from './runnableModel';

/** Pixels that may be in decoders at once: ten photos of 12 megapixels. */
const decoding = new PixelBudget(120_000_000);

/**
 * Reads, decodes and asks about images, so many at once that the model never waits for the next. One entry an item, in
 * order; what is wrong with single images is told there.
 * @param onStart hears the id of an image right before its decoder starts.
 */
export function askImages<A extends object>(
  model: Pick<RunnableModel, 'capacity' | 'decode'>,
  ask: (image: Raster, signal: AbortSignal, header: ImageHeader) => Promise<A>,
  items: readonly { id: number; path: string }[],
  signal: AbortSignal,
  onStart: (id: number) => void,
): Promise<((A & { ok: true; id: number }) | Failure)[]> {
  return mapInFlight(items, model.capacity, signal, async ({ id, path }) => {
    try {
      const { bytes } = await readImageFile(path);
      onStart(id);
      const header = await headerOf(bytes);
      refuseTooLarge(header);
      const raster = await decoding.run(header.width * header.height, () => {
        signal.throwIfAborted();
        return model.decode(bytes, header);
      });
      return { ...(await ask(raster, signal, header)), ok: true, id };
    } catch (error) {
      if (!(error instanceof ImageFailure)) throw error;
      return { ok: false, id, code: error.code, message: error.message };
    }
  });
}
