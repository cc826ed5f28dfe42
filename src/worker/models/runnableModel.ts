import type { LoadedModel, ModelAnswer, ModelQuestions } from '../../protocol/workerApi';
import type { ImageHeader } from '../header/imageHeader';
import type { Raster } from '../image/raster';

export type Answer = Pick<ModelAnswer, 'predictions' | 'caption' | 'vector'>;

/** Asks a model the same about one image after the other. */
export type AskImage = (image: Raster, signal: AbortSignal) => Promise<Answer>;

/** What a model says of an image when a person tries it. */
export interface TriedModel {
  /** Size of what goes into the model. */
  readonly seen: { readonly width: number; readonly height: number };
  /** The likeliest first, with scores of 0 to 100, however unlikely. */
  readonly labels: readonly { readonly label: string; readonly score: number }[];
  /** Of a model that embeds, else null. */
  readonly vectorLength: number | null;
}

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
  /**
   * Looks at one image for a person to see what comes of it. Models that answer questions have no labels to show.
   * @param most labels that are wanted
   */
  try?(image: Raster, most: number, signal: AbortSignal): Promise<TriedModel>;
  close(): Promise<void>;
}
