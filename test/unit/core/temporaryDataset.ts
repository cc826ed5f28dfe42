import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dataset, type AccessMode } from '../../../src/core/dataset';
import { locateDataset, type DatasetLocation } from '../../../src/core/datasetLocation';
import { codeLikeness, SIGN_CODE } from '../../../src/core/duplicates/likeness';
import type { AlikePairs } from '../../../src/core/store/duplicates';
import type { Analysis, Prediction } from '../../../src/protocol/workerApi';

/** Folders of one test, removed by `clean` after it, with the datasets in them closed. */
export class TemporaryDatasets {
  private readonly folders: string[] = [];
  private readonly open = new Set<Dataset>();

  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'datavisor-test-'));
    this.folders.push(folder);
    return folder;
  }

  async location(): Promise<DatasetLocation> {
    const folder = await this.folder();
    return locateDataset(folder, { fallbackFolder: join(folder, 'fallback') });
  }

  async dataset(location?: DatasetLocation, access: AccessMode = 'write'): Promise<Dataset> {
    const dataset = await Dataset.open(location ?? (await this.location()), { access });
    this.open.add(dataset);
    return dataset;
  }

  async clean(): Promise<void> {
    await Promise.all([...this.open].map((dataset) => dataset.close()));
    this.open.clear();
    await Promise.all(this.folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
  }
}

/** Adds samples with these paths and returns their ids, in order. */
export async function addSamples(dataset: Dataset, paths: readonly string[]): Promise<number[]> {
  const added = paths.map((path, index) => ({ path, size: 1000 + index, mtimeMs: 1_700_000_000_000.25 + index }));
  const { addedIds } = await dataset.commitIndex({ ...NO_CHANGE, added });
  return addedIds;
}

export const NO_CHANGE = { added: [], changed: [], moved: [], missing: [], found: [] };

/** What a worker could have said of a sample. `tags` are `dimension:tag:score`. */
export function analysisOf(id: number, tags: readonly string[] = [], other: Partial<Analysis> = {}): Analysis {
  const predictions = tags.map((text): Prediction => {
    const [dimension, tag, score] = text.split(':') as [string, string, string];
    return { dimension, tag, score: Number(score) };
  });
  return {
    ok: true,
    id,
    contentHash: `hash-${id}`,
    size: 1000,
    mtimeMs: 1_700_000_000_000.25,
    width: 640,
    height: 480,
    format: 'jpeg',
    measures: { lightness: 50, sharpness: 1.1, noise: null, entropy: 7, chroma: 30, overexposed: 0.01 },
    perceptualHash: '0123456789abcdef',
    predictions,
    descriptor: null,
    ...other,
  };
}

/** Tags samples with the built-in provider in a run of its own. */
export async function analyze(dataset: Dataset, analyses: readonly Analysis[], provider = 'builtin'): Promise<void> {
  const run = await dataset.beginRun({ kind: 'tag', model: provider, settings: {} });
  await dataset.commitAnalyses(run, { provider, embedder: null }, analyses);
  await dataset.endRun(run, 'done', { processed: analyses.length, failed: 0, error: null });
}

/** The tags of the samples, by path. */
export async function tagsByPath(dataset: Dataset, ids: readonly number[]): Promise<Record<string, readonly string[]>> {
  return Object.fromEntries((await dataset.samplesByIds(ids)).map(({ path, tags }) => [path, tags]));
}

/** What the search by sign codes could have found: samples a and b of which so many bits differ. */
export function codePairs(
  pairs: readonly (readonly [a: number, b: number, distance: number])[],
  other: Pick<AlikePairs, 'transforms' | 'searched'> = {},
): AlikePairs {
  return {
    ...SIGN_CODE,
    idsA: Int32Array.from(pairs, ([a]) => a),
    idsB: Int32Array.from(pairs, ([, b]) => b),
    likeness: Float64Array.from(pairs, ([, , distance]) => codeLikeness(distance)),
    ...other,
  };
}
