import { UserError } from '../../protocol/userError';
import type { LoadedModel, ModelQuestions, ModelRequest } from '../../protocol/workerApi';
import type { ImageHeader } from '../header/imageHeader';
import { decodeWhole } from '../image/decodeForModel';
import type { Raster } from '../image/raster';
import { presentVariants } from './encoderFiles';
import type { Step } from './fallbackSteps';
import { InferenceEngine, type Backend } from './inferenceEngine';
import { InferenceThread } from './inferenceThreadHandle';
import type { Answer, AskImage, RunnableModel } from './runnableModel';

interface Inquiry {
  readonly image: Raster;
  readonly questions: ModelQuestions;
}
type Said = Pick<Answer, 'predictions' | 'caption'>;

/** Images being decoded besides the one that is looked at and the one that waits. */
const DECODING = 2;

/** A vision-language model: one session with all processors, one image at a time. */
export class VisionLanguageRunner implements RunnableModel {
  private constructor(
    private readonly request: ModelRequest,
    private readonly engine: InferenceEngine<Inquiry, Said>,
  ) {}

  /** @throws UserError `model-unusable` or `out-of-memory` */
  static async load(request: ModelRequest, onLoaded: (fraction: number) => void): Promise<VisionLanguageRunner> {
    const open = async (step: Step) => {
      const backend = await openThread({ ...request, ...step });
      onLoaded(1);
      return backend;
    };
    return new VisionLanguageRunner(request, await InferenceEngine.open(request, await presentVariants(request), open));
  }

  get loaded(): LoadedModel {
    return this.engine.loaded;
  }

  get capacity(): number {
    return this.engine.capacity + DECODING;
  }

  decode(bytes: Buffer, header: ImageHeader): Promise<Raster> {
    return decodeWhole(bytes, header);
  }

  prepare(questions: ModelQuestions): Promise<AskImage> {
    return Promise.resolve(async (image, signal) => ({
      ...(await this.engine.run({ image, questions }, signal)),
      vector: null,
    }));
  }

  embedTexts(): Promise<never> {
    const text = `The model ${this.request.name} makes no vectors. Search with a model that does, such as CLIP.`;
    return Promise.reject(new UserError('model-unusable', text));
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}

async function openThread(request: ModelRequest): Promise<Backend<Inquiry, Said>> {
  const thread = new InferenceThread();
  try {
    await thread.remote.loadVisionLanguage(request);
  } catch (error) {
    await thread.stop();
    throw error;
  }
  const lane = {
    run: async ([inquiry]: readonly Inquiry[], signal: AbortSignal | undefined) => [
      await thread.remote.ask({ ...inquiry }, signal ? { signal } : {}),
    ],
  };
  return { lanes: [lane], batch: 1, close: () => thread.stop() };
}
