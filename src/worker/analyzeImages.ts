import type { Analysis, AnalyzeRequest, Failure, Prediction } from '../protocol/workerApi';
import type { AnalyzedImage } from './analyzedImage';
import type { Embedder } from './embedders/embedder';
import { findEmbedder } from './embedders/registry';
import { hashBytes } from './hashFiles';
import { headerOf } from './header/readHeader';
import { decodeDetail, decodeImage, hasDetail } from './image/decodeImage';
import { refuseTooLarge } from './image/decodeRaster';
import { toLab } from './image/lab';
import { perceptualHash } from './image/perceptualHash';
import { squeeze } from './image/squeeze';
import { writeThumbnail } from './image/writeThumbnail';
import { ImageFailure } from './imageFailure';
import { mapInFlight } from './mapInFlight';
import { measureImage, storedMeasures, wantsSecondLook, withSecondLook } from './measures/measureImage';
import { PixelBudget } from './pixelBudget';
import type { Provider } from './providers/provider';
import { findProvider } from './providers/registry';
import { readImageFile } from './readImageFile';

/** Keeps the decoders busy while one image is measured on the main thread. */
const IN_FLIGHT = 8;
/** Pixels that may be in decoders at once: ten photos of 12 megapixels. */
const decoding = new PixelBudget(120_000_000);

type Item = AnalyzeRequest['items'][number];

/**
 * Reads, hashes, decodes and measures images; each is read once and decoded once, but for the few large photos that
 * want a second look. Failures of single images are results, in their place.
 * @param onStart hears the id of an image right before its decoder starts.
 */
export function analyzeImages(
  request: AnalyzeRequest,
  signal: AbortSignal,
  onStart: (id: number) => void,
): Promise<(Analysis | Failure)[]> {
  const provider = request.provider === null ? null : findProvider(request.provider);
  const embedder = request.embedder === null ? null : findEmbedder(request.embedder);
  return mapInFlight(request.items, IN_FLIGHT, signal, async (item) => {
    try {
      return await analyzeImage(item, provider, embedder, signal, onStart);
    } catch (error) {
      if (!(error instanceof ImageFailure)) throw error;
      return { ok: false, id: item.id, code: error.code, message: error.message };
    }
  });
}

async function analyzeImage(
  item: Item,
  provider: Provider | null,
  embedder: Embedder | null,
  signal: AbortSignal,
  onStart: (id: number) => void,
): Promise<Analysis> {
  const { bytes, size, mtimeMs } = await readImageFile(item.path);
  onStart(item.id);
  const header = await headerOf(bytes);
  refuseTooLarge(header);
  const decode = (at: typeof decodeImage) =>
    decoding.run(header.width * header.height, () => {
      signal.throwIfAborted();
      return at(bytes, header);
    });
  const base = await decode(decodeImage);
  const { square, luma } = squeeze(base);
  let measures = measureImage(base, luma);
  if (hasDetail(header) && wantsSecondLook(measures)) measures = withSecondLook(measures, await decode(decodeDetail));
  const image: AnalyzedImage = { header, base, square, squareLab: toLab(square), measures };
  const [predictions, descriptor] = await Promise.all([
    provider === null ? [] : tagImage(provider, image),
    embedder?.describe(image) ?? null,
    item.thumbnail === null ? null : writeThumbnail(base, item.thumbnail),
  ]);
  return {
    ok: true,
    id: item.id,
    contentHash: hashBytes(bytes),
    size,
    mtimeMs,
    width: header.width,
    height: header.height,
    format: header.format,
    measures: storedMeasures(measures),
    perceptualHash: perceptualHash(square),
    predictions,
    descriptor,
  };
}

/** A provider that stumbles over one image does not keep the others waiting. */
async function tagImage(provider: Provider, image: AnalyzedImage): Promise<Prediction[]> {
  try {
    return await provider.tag(image);
  } catch (error) {
    console.error(error); // it is a bug all the same: the log has where
    const text = `${provider.manifest.title} failed at this image (${String(error)}). It is tried again later.`;
    throw new ImageFailure('inference-failed', text, { cause: error });
  }
}
