import { relative, resolve, sep, isAbsolute } from 'node:path';
import type { Dataset } from '../core/dataset';
import type { SimilarityTarget } from '../core/similarity';
import type { WorkerClient } from '../core/workerClient';
import { UserError } from '../protocol/userError';
import { chooseModel, shippedModels } from './chooseModel';
import { BUILT_IN } from './modelOptions';
import type { ProgressBar } from './progressBar';
import type { SimilarCommandLine } from './similarCommandLine';
import { startWorkers } from './startWorkers';

/**
 * What a call of `similar` looks for: samples by their own vectors, other images and texts by those that the model
 * makes of them now.
 * @throws UserError 'not-embedded', 'image-unreadable', 'nothing-in-common', and those of `chooseModel`
 */
export async function similarTarget(
  dataset: Dataset,
  line: SimilarCommandLine,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<SimilarityTarget> {
  const model = await modelOf(dataset, line);
  if (line.text !== null) {
    const { text } = line;
    const vector = await withWorker(bar, async (worker) => {
      const { run } = await chooseModel(model, ['embed-texts'], choiceOf(dataset, line), (said) => bar.message(said));
      return (await worker.call('embedTexts', { model: run.model, texts: [text] }, { signal })).vectors;
    });
    return { model, vector, origin: new Int32Array() };
  }
  const known = await Promise.all(line.images.map(async (image) => ({ image, id: await idOf(dataset, image) })));
  const origin = Int32Array.from(known.flatMap(({ id }) => id ?? []));
  const others = known.flatMap(({ image, id }) => (id === null ? [resolve(image)] : []));
  if (others.length === 0) {
    const vector = await dataset.similarity.meanVector(origin, model);
    if (vector) return { model, vector, origin };
    throw new UserError('not-embedded', `${model} has no vector of it. Run "datavisor embed" first.`);
  }
  const vectors = await withWorker(bar, (worker) => embedImages(dataset, line, model, others, worker, bar, signal));
  for (const id of origin) {
    const vector = await dataset.similarity.meanVector(Int32Array.of(id), model);
    if (vector) vectors.push(vector);
  }
  return { model, vector: mean(vectors), origin };
}

/** The one that was named, else of those that have embedded images (and read, for a text) the one with most. */
async function modelOf(dataset: Dataset, { model, text }: SimilarCommandLine): Promise<string> {
  const embedded = (await dataset.embeddingModels()).map((each) => each.model);
  if (model !== null) {
    if (embedded.includes(model)) return model;
    const has = embedded.length > 0 ? `There are vectors of ${embedded.join(', ')}.` : 'Nothing is embedded yet.';
    throw new UserError('not-embedded', `${has} Run "datavisor embed --embedder ${model}" first.`);
  }
  if (text === null && embedded.includes(BUILT_IN.embedder)) return BUILT_IN.embedder;
  const reads = shippedModels(() => undefined).filter(({ weights }) => weights?.abilities.includes('embed-texts'));
  const found = text === null ? embedded[0] : embedded.find((name) => reads.some((each) => each.name === name));
  if (found !== undefined) return found;
  throw new UserError(
    'not-embedded',
    text === null
      ? 'Nothing is embedded yet. Run "datavisor embed" first.'
      : `To search by text, images need vectors of a model that reads. Run "datavisor embed --embedder NAME" first, with one of: ${reads.map(({ name }) => name).join(', ')}.`,
  );
}

/** A path from where the command runs, or inside the dataset; null for an image that is no sample. */
async function idOf(dataset: Dataset, image: string): Promise<number | null> {
  const inside = relative(dataset.location.folder, resolve(image));
  const isInside = !inside.startsWith('..') && !isAbsolute(inside);
  const id = isInside ? await dataset.sampleIdByPath(inside.split(sep).join('/')) : null;
  return id ?? dataset.sampleIdByPath(image.split(sep).join('/'));
}

/** Unit vectors of images that are not in the dataset. */
async function embedImages(
  dataset: Dataset,
  line: SimilarCommandLine,
  model: string,
  paths: readonly string[],
  worker: WorkerClient,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const items = paths.map((path, index) => ({ id: index + 1, path }));
  const unreadable = (index: number, why: string) =>
    new UserError(
      'image-unreadable',
      `${paths[index]} is neither an image of the dataset nor one that can be read: ${why}`,
    );
  if (model === BUILT_IN.embedder) {
    const stored = await dataset.loadBasis(model);
    if (!stored) throw new UserError('not-embedded', 'Nothing is embedded yet. Run "datavisor embed" first.');
    const request = { items: items.map((item) => ({ ...item, thumbnail: null })), provider: null, embedder: model };
    const analyses = await worker.call('analyze', request, { signal });
    const vectors: Float32Array[] = [];
    for (const [index, analysis] of analyses.entries()) {
      if (!analysis.ok) throw unreadable(index, analysis.message);
      const { descriptor } = analysis;
      if (!descriptor) throw unreadable(index, 'it has nothing to compare');
      const { vectors: made } = await worker.call('embed', { basis: stored.basis, descriptors: descriptor, count: 1 });
      vectors.push(made);
    }
    return vectors;
  }
  const { run } = await chooseModel(model, ['embed-images'], choiceOf(dataset, line), (said) => bar.message(said));
  const questions = { dimensions: [], freeTags: 0, caption: false, vector: true };
  const { answers } = await worker.call('askModel', { model: run.model, items, questions }, { signal });
  return answers.map((answer, index) => {
    if (!answer.ok) throw unreadable(index, answer.message);
    if (!answer.vector) throw unreadable(index, 'the model gave no vector');
    return answer.vector;
  });
}

function mean(vectors: readonly Float32Array[]): Float32Array {
  const sum = vectors[0].map((_, i) => vectors.reduce((total, vector) => total + vector[i], 0));
  const norm = Math.hypot(...sum);
  if (norm > 1e-6) return sum.map((value) => value / norm);
  throw new UserError('nothing-in-common', 'These images have nothing in common. Name fewer, or such as look alike.');
}

function choiceOf(
  dataset: Dataset,
  { device, dtype, modelDir }: SimilarCommandLine,
): Parameters<typeof chooseModel>[2] {
  return { device, dtype, modelDir, folder: dataset.location.folder };
}

async function withWorker<T>(bar: ProgressBar, work: (worker: WorkerClient) => Promise<T>): Promise<T> {
  const pool = startWorkers(bar, false);
  try {
    return await work(pool.first);
  } finally {
    await pool.dispose();
  }
}
