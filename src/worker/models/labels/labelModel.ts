import type { LoadedModel, ModelQuestions, ModelRequest } from '../../../protocol/workerApi';
import { UserError } from '../../../protocol/userError';
import type { ImageHeader } from '../../header/imageHeader';
import { decodeForModel } from '../../image/decodeForModel';
import type { Raster } from '../../image/raster';
import { presentVariants } from '../encoderFiles';
import { inputSize, resizedSize, type ImageProcessing } from '../encoders/imageProcessing';
import { InferenceEngine } from '../inferenceEngine';
import { ownGraphName } from '../own/ownGraphName';
import { readOwnLabels } from '../own/readOwnLabels';
import type { AskImage, RunnableModel, TriedModel } from '../runnableModel';
import type { LabelerShape } from './labeler';
import { labelPredictions, percent } from './labelPredictions';
import type { LabelSet } from './labelSet';
import { openLabeler } from './openLabeler';
import { readWdLabels } from './readWdLabels';

/** Name of the graph's file of WD taggers, without suffix. */
const WD_GRAPH = 'model';
/** Images being decoded besides those that wait for a pass. */
const DECODING = 4;

/** A tagger with labels of its own: it says them, whatever the vocabulary asks. */
export class LabelModel implements RunnableModel {
  private constructor(
    private readonly request: ModelRequest,
    private readonly labels: LabelSet,
    private readonly processing: ImageProcessing,
    private readonly engine: InferenceEngine<Raster, Float32Array>,
  ) {}

  /** @throws UserError `model-unusable` or `out-of-memory` */
  static async load(request: ModelRequest, onLoaded: (fraction: number) => void): Promise<LabelModel> {
    const { own } = request.weights;
    const labels = own ? await readOwnLabels(request, own) : await readWdLabels(request);
    let processing: ImageProcessing | undefined;
    const onShape = (shape: LabelerShape) => {
      if (shape.labels !== null) requireAsMany(request, labels, shape.labels);
      ({ processing } = shape);
    };
    const graphName = own ? ownGraphName(own) : WD_GRAPH;
    const engine = await InferenceEngine.open(request, await presentVariants(request), (step) =>
      openLabeler(request, graphName, step, onShape, onLoaded),
    );
    return new LabelModel(request, labels, processing!, engine);
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

  /** What it cannot do (free tags, captions, vectors) is left out of its answers. */
  prepare({ dimensions }: ModelQuestions): Promise<AskImage> {
    const names = dimensions.map(({ name }) => name);
    return Promise.resolve(async (image, signal) => {
      const probabilities = await this.look(image, signal);
      return { predictions: labelPredictions(this.labels, probabilities, names), caption: null, vector: null };
    });
  }

  async try(image: Raster, most: number, signal: AbortSignal): Promise<TriedModel> {
    const probabilities = await this.look(image, signal);
    const scores = this.labels.labels.map(({ tag }, i) => ({ label: tag, score: percent(probabilities[i]) }));
    scores.sort((a, b) => b.score - a.score);
    return { seen: inputSize(this.processing, image), labels: scores.slice(0, most), vectorLength: null };
  }

  embedTexts(): Promise<never> {
    const text = `The model ${this.request.name} makes no vectors. Search with a model that does, such as CLIP.`;
    return Promise.reject(new UserError('model-unusable', text));
  }

  close(): Promise<void> {
    return this.engine.close();
  }

  private async look(image: Raster, signal: AbortSignal): Promise<Float32Array> {
    const row = await this.engine.run(image, signal);
    requireAsMany(this.request, this.labels, row.length); // not every graph says it before
    return this.labels.probabilities(row);
  }
}

/** A list of another length is of another model: every name would be wrong. */
function requireAsMany({ name, weights }: ModelRequest, { file, labels }: LabelSet, outputs: number): void {
  if (outputs === labels.length) return;
  const remedy = weights.own ? 'Name the right file in labels of model.json' : `Remove ${name} and download it again`;
  throw new UserError(
    'model-unusable',
    `${file} names ${labels.length} labels, but the model has ${outputs}: one of both is of another model. ${remedy}.`,
  );
}
