import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import type { VisionInputs } from './visionInputs';

/** Runs the vision encoder: an image's features, float32 or float16 [.., width], one for each image token. */
export async function encodeImage(
  session: InferenceSession,
  Tensor: TensorConstructor,
  { pixels, dims, grid }: VisionInputs,
): Promise<Tensor> {
  const gridTensor = () => new Tensor('int64', BigInt64Array.from(grid ?? [1, 1, 1], BigInt), [1, 3]);
  const made: Record<string, () => Tensor> = {
    pixel_values: () => new Tensor('float32', pixels, dims),
    pixel_attention_mask: () => wholeMask(Tensor, [...dims.slice(0, 2), ...dims.slice(-2)]),
    image_grid_thw: gridTensor,
    grid_thw: gridTensor, // as Qwen2-VL calls it
  };
  const feeds = Object.fromEntries(session.inputNames.map((name) => [name, made[name]?.()] as const));
  const outputs = await session.run(feeds);
  return outputs['image_features'] ?? outputs[session.outputNames[0]];
}

/** Nothing of the image is padding. */
function wholeMask(Tensor: TensorConstructor, dims: readonly number[]): Tensor {
  const size = dims.reduce((product, length) => product * length, 1);
  return new Tensor('bool', new Uint8Array(size).fill(1), dims);
}
