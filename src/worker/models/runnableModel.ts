import type { LoadedModel, ModelAnswer, ModelQuestions } from '../../protocol/workerApi';
import type { ImageHeader } from '../header/imageHeader';
import type { Raster } from '../image/raster';

export type Answer = Pick<ModelAnswer, 'predictions' | 'caption' | 'vector'>;

/** Asks a model the same about one image after the other. */
export type AskImage = (image: Raster, signal: AbortSignal) => Promise<Answer>;

/** A model that is loaded. */
export interface RunnableModel {
  /** May change in the middle of a run. */
  readonly loaded: LoadedModel;
  /** Images that should be under way for it to be busy all the time. */
  readonly capacity: number;
  /** Decodes an image as the model wants it. @throws ImageFailure */
  decode(bytes: Buffer, header: ImageHeader): Promise<Raster>;
  /** Does once what all images have in common. */
  prepare(questions: ModelQuestions, signal: AbortSignal): Promise<AskImage>;
  /** Unit vectors, row-major, of texts in the space of its image vectors. @throws UserError `model-unusable` */
  embedTexts(texts: readonly string[], signal: AbortSignal): Promise<{ vectors: Float32Array; length: number }>;
  close(): Promise<void>;
}
