import type { Raster } from '../../image/raster';
import { inputSize, resizedSize, type ImageProcessing, type Size } from './imageProcessing';
import { resizeRegion, type Region } from '../../image/resizeRegion';

/**
 * What a model sees of an image: bordered, resized, cropped, rescaled and normalised as its processor does it; a plane
 * each of its channels, row by row, or (`channelsLast`) the channels of each pixel one after the other.
 */
export function pixelValues(image: Raster, processing: ImageProcessing): Float32Array {
  const whole = withBorder(image, processing);
  const { width, height } = inputSize(processing, image);
  const resized = processing.pad === null ? resizedSize(processing, image) : { width, height };
  const left = Math.floor((resized.width - width) / 2);
  const top = Math.floor((resized.height - height) / 2);
  const region = {
    left: Math.max(0, left),
    top: Math.max(0, top),
    width: Math.min(width, resized.width),
    height: Math.min(height, resized.height),
  };
  const part =
    resized.width === whole.width && resized.height === whole.height
      ? cutOut(whole, region)
      : resizeRegion(whole, resized.width, resized.height, processing.kernel, region);
  const output = new Float32Array(3 * width * height);
  const tables = valuesOfBytes(processing);
  const isSmaller = part.width < width || part.height < height;
  for (let channel = 0; channel < 3; channel++) {
    const place: Place = processing.channelsLast
      ? { start: channel, step: 3 }
      : { start: channel * width * height, step: 1 };
    const values = tables[channel];
    if (isSmaller) fill(output, place, width * height, values[0]);
    const from = processing.bgr ? 2 - channel : channel;
    copyChannel(output, { ...place, width }, part, from, values, Math.max(0, -left), Math.max(0, -top));
  }
  return output;
}

/** Where the values of a channel lie. */
interface Place {
  readonly start: number;
  /** From one pixel to the next. */
  readonly step: number;
}

const tablesOf = new WeakMap<ImageProcessing, readonly Float32Array[]>();

/** What becomes of each byte, in the order of the channels. */
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

function fill(output: Float32Array, { start, step }: Place, pixels: number, value: number): void {
  for (let at = start, i = 0; i < pixels; i++, at += step) output[at] = value;
}

function copyChannel(
  output: Float32Array,
  { start, step, width }: Place & { readonly width: number },
  part: Raster,
  channel: number,
  values: Float32Array,
  left: number,
  top: number,
): void {
  for (let y = 0, from = channel; y < part.height; y++) {
    let to = start + step * ((top + y) * width + left);
    for (const end = to + step * part.width; to < end; to += step, from += 3) output[to] = values[part.data[from]];
  }
}

/** A border of more pixels than this is laid around the image when it is resized already: one of 20,000 × 1, say. */
const MOST_BORDERED_PIXELS = 50_000_000;

/** The image in the middle of a border that gives it the aspect of the input; of an odd rest more is below and right. */
function withBorder(image: Raster, processing: ImageProcessing): Raster {
  const { pad } = processing;
  if (pad === null) return image;
  const input = inputSize(processing, image);
  const outer = around(image, input);
  if (outer.width === image.width && outer.height === image.height) return image;
  if (outer.width * outer.height <= MOST_BORDERED_PIXELS) return bordered(image, outer, pad);
  const { width, height } = resizedSize(processing, image);
  const small = resizeRegion(image, width, height, processing.kernel, { left: 0, top: 0, width, height });
  return bordered(small, input, pad);
}

/** The smallest size of the aspect of `input` that an image of this size fits into. */
function around({ width, height }: Size, input: Size): Size {
  const scale = Math.max(width / input.width, height / input.height);
  return {
    width: Math.max(width, Math.round(scale * input.width)),
    height: Math.max(height, Math.round(scale * input.height)),
  };
}

function bordered(image: Raster, outer: Size, color: readonly number[]): Raster {
  const { width, height } = image;
  const data = new Uint8Array(3 * outer.width * outer.height);
  for (let i = 0; i < data.length; i++) data[i] = color[i % 3];
  const left = Math.floor((outer.width - width) / 2);
  const top = Math.floor((outer.height - height) / 2);
  for (let y = 0; y < height; y++) {
    const row = image.data.subarray(3 * y * width, 3 * (y + 1) * width);
    data.set(row, 3 * ((top + y) * outer.width + left));
  }
  return { data, width: outer.width, height: outer.height };
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
