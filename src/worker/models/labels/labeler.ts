import { basename } from 'node:path';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { UserError } from '../../../protocol/userError';
import type { Raster } from '../../image/raster';
import { openSession } from '../encoders/session';
import type { GraphRequest } from '../inferenceApi';
import { bgrPixels } from './bgrPixels';

/** What a graph says of its own input and output. */
export interface LabelerShape {
  /** Of its square input, in pixels. */
  readonly side: number;
  /** Whether a pass may have several images: the graphs of v2 take one. */
  readonly isBatchFree: boolean;
  /** How many labels it has; null where the graph does not say. */
  readonly labels: number | null;
}

/** A graph that gives each of its labels a probability: [N, side, side, 3] to [N, labels]. */
export class Labeler {
  private constructor(
    private readonly session: InferenceSession,
    readonly shape: LabelerShape,
  ) {}

  /** @throws UserError `model-unusable` for a graph of another form, or what ONNX Runtime throws. */
  static async load(graph: GraphRequest): Promise<Labeler> {
    const session = await openSession(graph);
    const shape = shapeOf(session);
    if (shape) return new Labeler(session, shape);
    await session.release();
    throw new UserError(
      'model-unusable',
      `${basename(graph.file)} is no WD tagger: its input is not square images with three channels last, one or any number of them. Remove the model and download it again, or name the family in its manifest that it is of.`,
    );
  }

  /** Row-major probabilities, 0 to 1, one row an image. */
  async label(images: readonly Raster[]): Promise<Float32Array> {
    const { side } = this.shape;
    const length = 3 * side * side;
    const pixels = new Float32Array(images.length * length);
    images.forEach((image, i) => pixels.set(bgrPixels(image, side), i * length));
    const { inputNames, outputNames } = this.session;
    const input = new Tensor('float32', pixels, [images.length, side, side, 3]);
    const { [outputNames[0]]: output } = await this.session.run({ [inputNames[0]]: input }, [outputNames[0]]);
    const { data } = output;
    if (!(data instanceof Float32Array)) throw new Error(`${outputNames[0]} is of type ${output.type}, not float32`);
    if (data.some(Number.isNaN)) throw new Error('the model gave what is no number');
    return data;
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}

function shapeOf({ inputMetadata, outputMetadata }: InferenceSession): LabelerShape | null {
  const [input] = inputMetadata;
  const [output] = outputMetadata;
  if (!input.isTensor || !output.isTensor || input.shape.length !== 4) return null;
  const [batch, height, width, channels] = input.shape;
  if (channels !== 3 || typeof height !== 'number' || height < 1 || height !== width) return null;
  if ((whole(batch) ?? 1) !== 1) return null;
  const labels = output.shape[output.shape.length - 1];
  return { side: height, isBatchFree: whole(batch) === null, labels: whole(labels) };
}

/** A size that the graph fixes; others are names, or not positive. */
function whole(size: number | string): number | null {
  return typeof size === 'number' && size > 0 ? size : null;
}
