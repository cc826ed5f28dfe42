import type { LoadedModel, ModelQuestions, ModelRequest } from '../../protocol/workerApi';
import type { ImageHeader } from '../header/imageHeader';
import { decodeForModel } from '../image/decodeForModel';
import type { Raster } from '../image/raster';
import { presentVariants, readEncoderFiles } from './encoderFiles';
import { inputSize, resizedSize, type ImageProcessing } from './encoders/imageProcessing';
import { InferenceEngine } from './inferenceEngine';
import { openEncoder } from './openEncoder';
import { ownProcessing } from './own/ownProcessing';
import type { AskImage, RunnableModel, TriedModel } from './runnableModel';
import { TextVectors } from './textVectors';
import { candidatesOf, promptsOf, scoreCandidates } from './zeroShot';

/** Images being decoded besides those that wait for a pass. */
const DECODING = 4;

/** A model that turns images, and maybe texts, into vectors of one space. */
export class EncoderModel implements RunnableModel {
  private constructor(
    private readonly request: ModelRequest,
    private readonly processing: ImageProcessing,
    private readonly engine: InferenceEngine<Raster, Float32Array>,
    private readonly texts: TextVectors,
  ) {}

  /** @throws UserError `model-unusable` or `out-of-memory` */
  static async load(request: ModelRequest, onLoaded: (fraction: number) => void): Promise<EncoderModel> {
    const { own } = request.weights;
    const processing = own ? ownProcessing(own) : await readEncoderFiles(request);
    const present = await presentVariants(request);
    const engine = await InferenceEngine.open(request, present, (step) =>
      openEncoder(request, processing, step, onLoaded),
    );
    return new EncoderModel(request, processing, engine, new TextVectors(request));
  }

  get loaded(): LoadedModel {
    return this.engine.loaded;
  }

  get capacity(): number {
    return this.engine.capacity + DECODING;
  }

  decode(bytes: Buffer, header: ImageHeader): Promise<Raster> {
    return decodeForModel(bytes, header, resizedSize(this.processing, header));
  }

  /** What it cannot do (free tags, captions) is left out of its answers. */
  async prepare({ dimensions, vector: isVectorWanted }: ModelQuestions, signal: AbortSignal): Promise<AskImage> {
    const prompts = promptsOf(dimensions);
    const vectors = prompts.length === 0 ? [] : await this.texts.of(prompts, signal);
    const vectorOf = new Map(prompts.map((prompt, i) => [prompt, vectors[i]]));
    const questions = candidatesOf(dimensions, (prompt) => vectorOf.get(prompt)!);
    return async (image, imageSignal) => {
      const vector = await this.engine.run(image, imageSignal);
      const predictions = scoreCandidates(questions, vector, this.request.weights.scoring);
      return { predictions, caption: null, vector: isVectorWanted ? vector : null };
    };
  }

  async try(image: Raster, _most: number, signal: AbortSignal): Promise<TriedModel> {
    const vector = await this.engine.run(image, signal);
    return { seen: inputSize(this.processing, image), labels: [], vectorLength: vector.length };
  }

  async embedTexts(texts: readonly string[], signal: AbortSignal): Promise<{ vectors: Float32Array; length: number }> {
    const rows = await this.texts.of(texts, signal);
    const length = rows[0]?.length ?? 0;
    const vectors = new Float32Array(rows.length * length);
    rows.forEach((row, i) => vectors.set(row, i * length));
    return { vectors, length };
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}
