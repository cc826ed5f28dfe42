import type { Raster } from '../../image/raster';
import type { Decoder } from './decoder';
import { embedPrefix } from './embedPrefix';
import type { ModelParts } from './loadParts';
import type { Past } from './past';
import { encodeImage } from './visionEncoder';
import { tokenGrid, visionInputs } from './visionInputs';

/**
 * The only two passes that see an image: through the vision encoder, then, in the place of the image token, in what all
 * prompts begin with. @returns what the decoder remembers of it, for every question to go on from.
 */
export async function lookAt(
  image: Raster,
  prefix: readonly number[],
  { vision, Tensor, image: settings, imageToken }: ModelParts,
  decoder: Decoder,
  signal?: AbortSignal,
): Promise<Past> {
  signal?.throwIfAborted();
  const inputs = visionInputs(image, settings);
  const features = await encodeImage(vision, Tensor, inputs);
  signal?.throwIfAborted();
  return decoder.start(await embedPrefix(decoder, prefix, imageToken, features, tokenGrid(inputs, settings)));
}
