import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../../protocol/userError';
import type { LoadedModel, ModelQuestions, ModelRequest } from '../../../protocol/workerApi';
import type { ImageHeader } from '../../header/imageHeader';
import { decodeForModel } from '../../image/decodeForModel';
import type { Raster } from '../../image/raster';
import { presentVariants, requireFiles } from '../encoderFiles';
import { InferenceEngine } from '../inferenceEngine';
import type { AskImage, RunnableModel } from '../runnableModel';
import type { LabelerShape } from './labeler';
import { labelPredictions } from './labelPredictions';
import { openLabeler } from './openLabeler';
import { readLabels, type Label } from './readLabels';

const LABEL_FILE = 'selected_tags.csv';
/** Images being decoded besides those that wait for a pass. */
const DECODING = 4;

/** A tagger with labels of its own: it says them, whatever the vocabulary asks. */
export class LabelModel implements RunnableModel {
  private constructor(
    private readonly request: ModelRequest,
    private readonly labels: readonly Label[],
    private readonly side: number,
    private readonly engine: InferenceEngine<Raster, Float32Array>,
  ) {}

  /** @throws UserError `model-unusable` or `out-of-memory` */
  static async load(request: ModelRequest, onLoaded: (fraction: number) => void): Promise<LabelModel> {
    await requireFiles(request);
    const labels = await labelsOf(request);
    let side = 0;
    const onShape = (shape: LabelerShape) => {
      requireAsMany(request, labels, shape);
      ({ side } = shape);
    };
    const engine = await InferenceEngine.open(request, await presentVariants(request), (step) =>
      openLabeler(request, step, onShape, onLoaded),
    );
    return new LabelModel(request, labels, side, engine);
  }

  get loaded(): LoadedModel {
    return this.engine.loaded;
  }

  get capacity(): number {
    return this.engine.capacity + DECODING;
  }

  decode(bytes: Buffer, header: ImageHeader): Promise<Raster> {
    const scale = this.side / Math.max(header.width, header.height);
    const fitted = (length: number) => Math.max(1, Math.round(scale * length));
    return decodeForModel(bytes, header, { width: fitted(header.width), height: fitted(header.height) });
  }

  /** What it cannot do (free tags, captions, vectors) is left out of its answers. */
  prepare({ dimensions }: ModelQuestions): Promise<AskImage> {
    const names = dimensions.map(({ name }) => name);
    return Promise.resolve(async (image, signal) => {
      const probabilities = await this.engine.run(image, signal);
      return { predictions: labelPredictions(this.labels, probabilities, names), caption: null, vector: null };
    });
  }

  embedTexts(): Promise<never> {
    const text = `The model ${this.request.name} makes no vectors. Search with a model that does, such as CLIP.`;
    return Promise.reject(new UserError('model-unusable', text));
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}

async function labelsOf({ folder }: ModelRequest): Promise<Label[]> {
  const file = join(folder, LABEL_FILE);
  try {
    return readLabels(await readFile(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const text = `${file} cannot be used (${why}). Remove the model and download it again.`;
    throw new UserError('model-unusable', text, { cause: error });
  }
}

/** A list of another length is of another model: every name would be wrong. */
function requireAsMany({ folder, name }: ModelRequest, { length }: readonly Label[], { labels }: LabelerShape): void {
  if (labels === null || labels === length) return;
  throw new UserError(
    'model-unusable',
    `${join(folder, LABEL_FILE)} names ${length} labels, but the model has ${labels}: one of both is of another model. Remove ${name} and download it again.`,
  );
}
