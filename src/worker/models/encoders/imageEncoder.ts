import type { InferenceSession } from 'onnxruntime-node';
import { UserError } from '../../../protocol/userError';
import type { ModelFamily } from '../../../protocol/modelManifest';
import type { Raster } from '../../image/raster';
import type { GraphRequest } from '../inferenceApi';
import { floatsOf } from '../float16';
import { ownSignature, type Signature } from '../own/ownSignature';
import { inputSize, type ImageProcessing, type Size } from './imageProcessing';
import { imageTensor } from './imageTensor';
import { pixelRows } from './pixelRows';
import { openSession, requireOutput } from './session';
import { unitRows } from './unitRows';

/** Which output is the vector of an image. Of one vector a token, the first is the class token. */
const OUTPUTS: Readonly<Partial<Record<ModelFamily, string>>> = {
  clip: 'image_embeds',
  siglip: 'pooler_output',
  dinov2: 'last_hidden_state',
  dinov3: 'last_hidden_state',
};

/** A graph that turns images into vectors. */
export class ImageEncoder {
  private constructor(
    private readonly session: InferenceSession,
    private readonly signature: Pick<Signature, 'input' | 'inputType' | 'output' | 'isBatchFree'>,
    private readonly processing: ImageProcessing,
  ) {}

  /** @throws UserError `model-unusable`, or what ONNX Runtime throws. */
  static async load(graph: GraphRequest, processing: ImageProcessing): Promise<ImageEncoder> {
    if (graph.own) {
      const session = await openSession(graph);
      try {
        return new ImageEncoder(session, ownSignature(session, graph.own), processing);
      } catch (error) {
        await session.release();
        throw error;
      }
    }
    const output = OUTPUTS[graph.family];
    if (!output) throw new UserError('model-unusable', `Models of the family ${graph.family} make no vectors.`);
    const session = await openSession(graph);
    requireOutput(session, graph.file, output);
    const [input] = session.inputNames;
    return new ImageEncoder(session, { input, inputType: 'float32', output, isBatchFree: true }, processing);
  }

  /** Whether a pass may have several images. */
  get isBatchFree(): boolean {
    return this.signature.isBatchFree;
  }

  /** Row-major vectors of unit length. */
  embedImages(images: readonly Raster[]): Promise<Float32Array> {
    const size = inputSize(this.processing, images[0]);
    return this.embedPixels(pixelRows(images, this.processing), images.length, size);
  }

  /** @param pixels `count` times what `pixelValues` makes */
  async embedPixels(pixels: Float32Array, count: number, size: Size): Promise<Float32Array> {
    const { input, inputType, output } = this.signature;
    const tensor = imageTensor(pixels, count, size, this.processing, inputType);
    const { [output]: said } = await this.session.run({ [input]: tensor }, [output]);
    if (said.type !== 'float32' && said.type !== 'float16') {
      throw new Error(`${output} is of type ${said.type}, not float32`);
    }
    const numbers = floatsOf(said);
    return unitRows(numbers, count, numbers.length / count, said.dims[said.dims.length - 1]);
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}
