import { Tensor } from 'onnxruntime-node';
import { floatToHalf } from '../float16';
import type { ImageProcessing, Size } from './imageProcessing';

/**
 * Pixel values as a graph takes them.
 * @param pixels `count` times what `pixelValues` makes
 * @param type of the graph's numbers; for `uint8` the values are whole, 0 to 255
 */
export function imageTensor(
  pixels: Float32Array,
  count: number,
  { width, height }: Size,
  { channelsLast }: ImageProcessing,
  type: 'float32' | 'float16' | 'uint8' = 'float32',
): Tensor {
  const dims = channelsLast ? [count, height, width, 3] : [count, 3, height, width];
  if (type === 'float16') return new Tensor('float16', Uint16Array.from(pixels, floatToHalf), dims);
  if (type === 'uint8') return new Tensor('uint8', Uint8Array.from(pixels), dims);
  return new Tensor('float32', pixels, dims);
}
