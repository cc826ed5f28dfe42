import type { Tensor } from 'onnxruntime-node';
import { UserError } from '../../../protocol/userError';
import type { Decoder, Embedded } from './decoder';
import { floatsOf } from '../float16';

/** A grid of image tokens, for models that know their tokens' rows and columns. */
export interface TokenGrid {
  readonly rows: number;
  readonly columns: number;
}

/**
 * The prefix with the image in it, ready for the decoder: the image token stands once in `prefix` and is replaced by
 * the features, as many as there are.
 * @param features float32 [.., width]
 * @throws UserError `model-unusable` when the features do not fit the language model.
 */
export async function embedPrefix(
  decoder: Decoder,
  prefix: readonly number[],
  imageToken: number,
  features: Tensor,
  grid: TokenGrid | null,
): Promise<Embedded> {
  const width = features.dims[features.dims.length - 1];
  const count = features.size / width;
  const at = prefix.indexOf(imageToken);
  // What stands in the image's place is overwritten; a token that every vocabulary has keeps the lookup in bounds.
  const ids = [...prefix.slice(0, at), ...Array<number>(count).fill(0), ...prefix.slice(at + 1)];
  const tensor = await decoder.embed(ids);
  if (tensor.dims[2] !== width || tensor.type !== 'float32') {
    const got = `${tensor.type} of width ${tensor.dims[2]}`;
    const message = `The vision encoder's features (width ${width}) do not fit the language model (${got}).`;
    throw new UserError('model-unusable', `${message} The files are not of one model.`);
  }
  (tensor.data as Float32Array).set(floatsOf(features), at * width);
  return { tensor, ...positionsOf(at, count, prefix.length - 1 - at, grid) };
}

/**
 * Where the tokens are: text goes on one by one in time, row and column alike; an image stands at one moment, its
 * tokens at their rows and columns from there; text after it begins behind the farthest of these (the "multimodal
 * rotary positions" of Qwen2-VL). Without a grid all is one line.
 */
function positionsOf(before: number, image: number, after: number, grid: TokenGrid | null): Omit<Embedded, 'tensor'> {
  if (grid === null) {
    const total = before + image + after;
    return { positions: [Array.from({ length: total }, (_, i) => i)], next: total };
  }
  const { rows, columns } = grid;
  const behind = before + Math.max(rows, columns, 1);
  const axis = (ofImage: (i: number) => number) => [
    ...Array.from({ length: before }, (_, i) => i),
    ...Array.from({ length: image }, (_, i) => before + ofImage(i)),
    ...Array.from({ length: after }, (_, i) => behind + i),
  ];
  const positions = [axis(() => 0), axis((i) => Math.floor(i / columns)), axis((i) => i % columns)];
  return { positions, next: behind + after };
}
