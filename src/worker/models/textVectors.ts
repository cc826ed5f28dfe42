import { availableParallelism } from 'node:os';
import { UserError } from '../../protocol/userError';
import type { ModelRequest } from '../../protocol/workerApi';
import { graphFile, variantOf } from './encoderFiles';
import { InferenceThread } from './inferenceThreadHandle';
import { reasonOf } from './inferenceFailure';
import { untilAborted } from './untilAborted';

/** More texts than any vocabulary has; a vector of each takes a few kilobytes. */
const MOST_KEPT = 10_000;

/**
 * Vectors of texts by one model. The text encoder is loaded in a thread of its own, on the CPU, only while there are
 * texts that it has not seen, and let go with its thread.
 */
export class TextVectors {
  private readonly kept = new Map<string, Float32Array>();
  /** One after the other, so that the encoder is in memory only once. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly request: ModelRequest) {}

  /** In order, of unit length. @throws UserError `model-unusable`; the signal's reason. */
  async of(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const turn = this.last.then(() => this.embedMissing(texts));
    this.last = turn.catch(() => undefined);
    await untilAborted(turn, signal);
    return texts.map((text) => this.kept.get(text)!);
  }

  private async embedMissing(texts: readonly string[]): Promise<void> {
    if (this.kept.size > MOST_KEPT) this.kept.clear();
    const missing = [...new Set(texts)].filter((text) => !this.kept.has(text));
    if (missing.length === 0) return;
    const { weights, folder, dtype, name } = this.request;
    if (!weights.abilities.includes('embed-texts')) {
      throw new UserError('model-unusable', `The model ${name} does not know texts: it only compares images.`);
    }
    const file = graphFile(this.request, variantOf(this.request, dtype), 'text_model');
    const graph = { family: weights.family, file, device: 'cpu' as const, threads: availableParallelism() };
    const thread = new InferenceThread();
    try {
      const { vectors, length } = await thread.remote.embedTexts({ graph, folder, texts: missing });
      missing.forEach((text, i) => this.kept.set(text, vectors.slice(i * length, (i + 1) * length)));
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError(
        'model-unusable',
        `${file} is not a model that can be run (${reasonOf(error)}). Remove the model and download it again.`,
        { cause: error },
      );
    } finally {
      await thread.stop();
    }
  }
}
