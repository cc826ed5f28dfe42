import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { UserError } from '../../../protocol/userError';
import type { ModelFamily } from '../../../protocol/modelManifest';
import type { Raster } from '../../image/raster';
import type { GraphRequest } from '../inferenceApi';
import { inputSize, type ImageProcessing, type Size } from './imageProcessing';
import { pixelValues } from './pixelValues';
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
    private readonly output: string,
    private readonly processing: ImageProcessing,
  ) {}

  /** @throws UserError `model-unusable`, or what ONNX Runtime throws. */
  static async load(graph: GraphRequest, processing: ImageProcessing): Promise<ImageEncoder> {
    const output = OUTPUTS[graph.family];
    if (!output) throw new UserError('model-unusable', `Models of the family ${graph.family} make no vectors.`);
    const session = await openSession(graph);
    requireOutput(session, graph.file, output);
    return new ImageEncoder(session, output, processing);
  }

  /** Row-major vectors of unit length. */
  async embedImages(images: readonly Raster[]): Promise<Float32Array> {
    const size = inputSize(this.processing, images[0]);
    if (images.length === 1) return this.embedPixels(pixelValues(images[0], this.processing), 1, size);
    const length = 3 * size.width * size.height;
    const pixels = new Float32Array(images.length * length);
    images.forEach((image, i) => pixels.set(pixelValues(image, this.processing), i * length));
    return this.embedPixels(pixels, images.length, size);
  }

  /** @param pixels `count` times what `pixelValues` makes */
  async embedPixels(pixels: Float32Array, count: number, { width, height }: Size): Promise<Float32Array> {
    const input = new Tensor('float32', pixels, [count, 3, height, width]);
    const { [this.output]: output } = await this.session.run({ [this.session.inputNames[0]]: input }, [this.output]);
    const { data, dims } = output;
    if (!(data instanceof Float32Array)) throw new Error(`${this.output} is of type ${output.type}, not float32`);
    return unitRows(data, count, data.length / count, dims[dims.length - 1]);
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}
