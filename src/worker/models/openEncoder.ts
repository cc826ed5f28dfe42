import { setImmediate } from 'node:timers/promises';
import type { ModelFamily } from '../../protocol/modelManifest';
import type { ModelRequest } from '../../protocol/workerApi';
import type { Raster } from '../image/raster';
import { inputSize, type ImageProcessing } from './encoders/imageProcessing';
import { pixelValues } from './encoders/pixelValues';
import type { Step } from './fallbackSteps';
import type { GraphRequest } from './inferenceApi';
import type { Backend, Lane } from './inferenceEngine';
import type { InferenceThread } from './inferenceThreadHandle';
import { measureBatch } from './measureBatch';
import { openOnThreads } from './openOnThreads';
import { ownGraphName } from './own/ownGraphName';

/** Which graph turns images into vectors, by the name of its file; of a person's own model that says it. */
const IMAGE_GRAPHS: Readonly<Partial<Record<ModelFamily, string>>> = {
  clip: 'vision_model',
  siglip: 'vision_model',
  dinov2: 'model',
  dinov3: 'model',
};

export function isEncoder(family: ModelFamily): boolean {
  return family === 'custom' || family in IMAGE_GRAPHS;
}

/** Loads the graph that turns images into vectors, as `openOnThreads` does and fails. */
export function openEncoder(
  request: ModelRequest,
  processing: ImageProcessing,
  step: Step,
  onLoaded: (fraction: number) => void,
): Promise<Backend<Raster, Float32Array>> {
  let isBatchFree = false;
  const role = {
    load: async ({ remote }: InferenceThread, graph: GraphRequest) => {
      ({ isBatchFree } = await remote.loadImageEncoder({ graph, processing }));
    },
    lane: (thread: InferenceThread, isCpu: boolean) => (isCpu ? cpuLane(thread) : deviceLane(thread, processing)),
    fastestBatch: (thread: InferenceThread) => (isBatchFree ? fastestBatch(thread, processing) : Promise.resolve(1)),
  };
  const { own, family } = request.weights;
  return openOnThreads(request, own ? ownGraphName(own) : IMAGE_GRAPHS[family]!, step, role, onLoaded);
}

function cpuLane({ remote }: InferenceThread): Lane<Raster, Float32Array> {
  return { run: async (images) => [await remote.embedImages({ images: [...images] })] };
}

/** Pixel values are made here, of the next pass while the present one runs: the device should wait for nothing else. */
function deviceLane({ remote }: InferenceThread, processing: ImageProcessing): Lane<Raster, Float32Array> {
  return {
    run: async (images) => {
      const size = inputSize(processing, images[0]);
      const length = 3 * size.width * size.height;
      const pixels = new Float32Array(images.length * length);
      for (const [i, image] of images.entries()) {
        pixels.set(pixelValues(image, processing), i * length);
        await setImmediate(); // a large batch takes long enough to be noticed by who waits for an answer
      }
      const vectors = await remote.embedPixels({ pixels, count: images.length, size });
      const width = vectors.length / images.length;
      return images.map((_, i) => vectors.slice(i * width, (i + 1) * width));
    },
  };
}

function fastestBatch({ remote }: InferenceThread, processing: ImageProcessing): Promise<number> {
  const size = inputSize(processing, { width: 256, height: 256 });
  return measureBatch(async (count) => {
    const pixels = Float32Array.from({ length: 3 * count * size.width * size.height }, (_, i) => (i % 17) / 8 - 1);
    await remote.embedPixels({ pixels, count, size });
  });
}
