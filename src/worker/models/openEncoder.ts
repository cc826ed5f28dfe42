import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { ModelFamily } from '../../protocol/modelManifest';
import { RpcError } from '../../protocol/rpc';
import { UserError } from '../../protocol/userError';
import type { ModelRequest } from '../../protocol/workerApi';
import type { Raster } from '../image/raster';
import { graphBytes, graphFile, variantOf } from './encoderFiles';
import { inputSize, type ImageProcessing } from './encoders/imageProcessing';
import { pixelValues } from './encoders/pixelValues';
import type { GraphRequest } from './inferenceApi';
import type { Backend, Lane } from './inferenceEngine';
import { ranOutOfMemory, reasonOf } from './inferenceFailure';
import { InferenceThread } from './inferenceThreadHandle';
import { measureBatch } from './measureBatch';
import type { Step } from './fallbackSteps';
import { planThreads } from './threadPlan';

/** Which graph turns images into vectors, by the name of its file. */
const IMAGE_GRAPHS: Readonly<Partial<Record<ModelFamily, string>>> = {
  clip: 'vision_model',
  siglip: 'vision_model',
  dinov2: 'model',
  dinov3: 'model',
};

export function isEncoder(family: ModelFamily): boolean {
  return family in IMAGE_GRAPHS;
}

/**
 * Loads the graph that turns images into vectors: on a CPU once a thread, one image a pass; on other devices once, with
 * the batch that is fastest there.
 * @param onLoaded hears of sessions that are loaded, 0 to 1
 * @throws UserError `model-unusable` on the CPU; elsewhere whatever ONNX Runtime throws.
 */
export async function openEncoder(
  request: ModelRequest,
  processing: ImageProcessing,
  { device, dtype }: Step,
  onLoaded: (fraction: number) => void,
): Promise<Backend<Raster, Float32Array>> {
  const { family } = request.weights;
  const file = graphFile(request, variantOf(request, dtype), IMAGE_GRAPHS[family]!);
  const isCpu = device === 'cpu';
  const plan = isCpu ? planThreads(await graphBytes(file)) : { sessions: 1, threadsEach: availableParallelism() };
  const graph: GraphRequest = { family, file, device, threads: plan.threadsEach };
  const threads: InferenceThread[] = [];
  const load = async () => {
    const thread = new InferenceThread();
    threads.push(thread);
    await thread.remote.loadImageEncoder({ graph, processing });
    onLoaded(threads.length / plan.sessions);
  };
  const close = async () => {
    await Promise.all(threads.map((thread) => thread.stop()));
  };
  try {
    await load(); // what is wrong with the file shows at the first
    const others = await Promise.allSettled(Array.from({ length: plan.sessions - 1 }, load));
    const failure = others.find((other) => other.status === 'rejected');
    if (failure) throw failure.reason;
    const lanes = threads.map((thread) => (isCpu ? cpuLane(thread, file) : deviceLane(thread, processing)));
    const batch = isCpu ? 1 : await fastestBatch(threads[0], processing);
    return { lanes, batch, close };
  } catch (error) {
    await close();
    throw isCpu ? unusable(file, error) : error;
  }
}

function cpuLane({ remote }: InferenceThread, file: string): Lane<Raster, Float32Array> {
  return {
    run: async (images) => {
      try {
        return [await remote.embedImages({ images: [...images] })];
      } catch (error) {
        throw unusable(file, error);
      }
    },
  };
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

/** On the CPU nothing but the file can be at fault. */
function unusable(file: string, error: unknown): unknown {
  const isOther = error instanceof RpcError && error.code !== 'internal';
  if (error instanceof UserError || isOther || ranOutOfMemory(error)) return error;
  return new UserError(
    'model-unusable',
    `${file} is not a model that can be run (${reasonOf(error)}). Remove the model and download it again.`,
    { cause: error },
  );
}
