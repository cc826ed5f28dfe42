import type { Raster } from '../../image/raster';
import { inputSize, resizedSize, type ImageProcessing } from './imageProcessing';
import { resizeRegion, type Region } from '../../image/resizeRegion';

/**
 * What a model sees of an image: resized, cropped, rescaled and normalised as its processor does it; one plane each of
 * red, green and blue, row by row.
 */
export function pixelValues(image: Raster, processing: ImageProcessing): Float32Array {
  const resized = resizedSize(processing, image);
  const { width, height } = inputSize(processing, image);
  const left = Math.floor((resized.width - width) / 2);
  const top = Math.floor((resized.height - height) / 2);
  const region = {
    left: Math.max(0, left),
    top: Math.max(0, top),
    width: Math.min(width, resized.width),
    height: Math.min(height, resized.height),
  };
  const part =
    resized.width === image.width && resized.height === image.height
      ? cutOut(image, region)
      : resizeRegion(image, resized.width, resized.height, processing.kernel, region);
  const output = new Float32Array(3 * width * height);
  const tables = valuesOfBytes(processing);
  for (let channel = 0; channel < 3; channel++) {
    const plane = output.subarray(channel * width * height, (channel + 1) * width * height);
    const values = tables[channel];
    if (part.width < width || part.height < height) plane.fill(values[0]);
    fillPlane(plane, width, part, channel, values, Math.max(0, -left), Math.max(0, -top));
  }
  return output;
}

const tablesOf = new WeakMap<ImageProcessing, readonly Float32Array[]>();

/** What becomes of each byte, for red, green and blue. */
function valuesOfBytes(processing: ImageProcessing): readonly Float32Array[] {
  const kept = tablesOf.get(processing);
  if (kept) return kept;
  const { rescale, mean, std } = processing;
  const tables = [0, 1, 2].map((channel) =>
    Float32Array.from({ length: 256 }, (_, byte) => (byte * rescale - mean[channel]) / std[channel]),
  );
  tablesOf.set(processing, tables);
  return tables;
}

function fillPlane(
  plane: Float32Array,
  width: number,
  part: Raster,
  channel: number,
  values: Float32Array,
  left: number,
  top: number,
): void {
  for (let y = 0, from = channel; y < part.height; y++) {
    for (let to = (top + y) * width + left, end = to + part.width; to < end; to++, from += 3) {
      plane[to] = values[part.data[from]];
    }
  }
}

function cutOut(image: Raster, { left, top, width, height }: Region): Raster {
  if (width === image.width && height === image.height) return image;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * image.width + left) * 3;
    data.set(image.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { data, width, height };
}
