import type { Prediction } from '../../protocol/workerApi';
import type { AnalyzedImage } from '../analyzedImage';
import type { ModelManifest } from '../../protocol/modelManifest';

/**
 * Something that tags images. It says what it believes with its raw confidence and keeps silent where it cannot know;
 * thresholds and decisions of people are applied elsewhere. A new provider is one file with one of these, its manifest
 * in `models/`, and its line in `registry.ts`.
 */
export interface Provider {
  readonly manifest: ModelManifest;
  /** Must not keep or change the image's buffers. */
  tag(image: AnalyzedImage): Prediction[] | Promise<Prediction[]>;
}
