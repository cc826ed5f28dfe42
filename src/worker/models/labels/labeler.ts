import { basename } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { UserError } from '../../../protocol/userError';
import type { Raster } from '../../image/raster';
import { imageTensor } from '../encoders/imageTensor';
import { inputSize, type ImageProcessing } from '../encoders/imageProcessing';
import { pixelRows } from '../encoders/pixelRows';
import { openSession } from '../encoders/session';
import { floatsOf } from '../float16';
import type { GraphRequest } from '../inferenceApi';
import { ownProcessing } from '../own/ownProcessing';
import { ownSignature, type Signature } from '../own/ownSignature';
import { wdShape } from './wdShape';

/** What a graph takes and gives. */
export interface LabelerShape {
  readonly processing: ImageProcessing;
  /** Whether a pass may have several images. */
  readonly isBatchFree: boolean;
  /** How many labels it has; null where the graph does not say. */
  readonly labels: number | null;
}

/** A graph that gives each of its labels a number: a WD tagger, or a person's own. */
export class Labeler {
  private constructor(
    private readonly session: InferenceSession,
    private readonly signature: Signature,
    private readonly processing: ImageProcessing,
  ) {}

  /** @throws UserError `model-unusable` for a graph of another form, or what ONNX Runtime throws. */
  static async load(graph: GraphRequest): Promise<Labeler> {
    const session = await openSession(graph);
    try {
      if (graph.own) return new Labeler(session, ownSignature(session, graph.own), ownProcessing(graph.own));
      const shape = wdShape(session);
      if (shape) return new Labeler(session, shape.signature, shape.processing);
      throw new UserError(
        'model-unusable',
        `${basename(graph.file)} is no WD tagger: its input is not square images with three channels last, one or any number of them. Remove the model and download it again, or name the family in its manifest that it is of.`,
      );
    } catch (error) {
      await session.release();
      throw error;
    }
  }

  get shape(): LabelerShape {
    const { isBatchFree, length } = this.signature;
    return { processing: this.processing, isBatchFree, labels: length };
  }

  /** What the graph says, row-major: one row an image. */
  async label(images: readonly Raster[]): Promise<Float32Array> {
    const { input, inputType, output } = this.signature;
    const size = inputSize(this.processing, images[0]);
    const tensor = imageTensor(pixelRows(images, this.processing), images.length, size, this.processing, inputType);
    const { [output]: said } = await this.session.run({ [input]: tensor }, [output]);
    if (said.type !== 'float32' && said.type !== 'float16') {
      throw new Error(`${output} is of type ${said.type}, not float32`);
    }
    const numbers = floatsOf(said);
    if (numbers.some(Number.isNaN)) throw new Error('the model gave what is no number');
    return numbers;
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}
