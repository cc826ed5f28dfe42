import type { AnalyzedImage } from '../analyzedImage';
import type { ModelManifest } from '../../protocol/modelManifest';

/** Something that turns an image into a vector of fixed length, without NaN. */
export interface Embedder {
  readonly manifest: ModelManifest;
  /** Must not keep or change the image's buffers. */
  describe(image: AnalyzedImage): Float32Array | Promise<Float32Array>;
}
