import path from 'node:path';
import type { Dataset } from '../../core/dataset';
import { spreadOverIndex } from '../../core/fewImages';
import { IgnoreRules } from '../../core/ignoreRules';
import { walkFolder } from '../../core/walkFolder';
import type { DatasetSession } from '../datasetSession';
import { excludedGlobs } from '../settings';

/** Beyond these a folder is large, and counting on would only keep the person waiting. */
const COUNT_AT_MOST = 50_000;
const SAMPLE_FILES = 9;

export interface DatasetExtent {
  /** Images, at most `COUNT_AT_MOST` where nothing is indexed yet. */
  readonly images: number;
  /** Absolute paths of a few of them, spread over the dataset. */
  readonly files: readonly string[];
}

/** How many images a dataset has, with a few to try a model on: from its index, else from a look at its folder. */
export async function datasetExtent(session: DatasetSession, signal: AbortSignal): Promise<DatasetExtent> {
  const dataset = await session.openIfIndexed();
  const total = (await dataset?.counts())?.total ?? 0;
  return dataset && total > 0 ? fromIndex(session, dataset, total) : fromFolder(session, signal);
}

async function fromIndex(session: DatasetSession, dataset: Dataset, total: number): Promise<DatasetExtent> {
  const paths = await spreadOverIndex(dataset, SAMPLE_FILES);
  return { images: total, files: paths.map((file) => path.join(session.uri.fsPath, file)) };
}

async function fromFolder(session: DatasetSession, signal: AbortSignal): Promise<DatasetExtent> {
  const folder = session.uri.fsPath;
  const rules = new IgnoreRules(folder, excludedGlobs(session.uri));
  const files: string[] = [];
  let images = 0;
  let step = 1;
  for await (const file of walkFolder(folder, { rules, signal, onUnreadable: () => undefined })) {
    // Every step-th one; when there are too many, every second of them goes and the step doubles.
    if (images % step === 0) files.push(path.join(folder, file.path));
    if (files.length >= 2 * SAMPLE_FILES) {
      files.splice(0, files.length, ...files.filter((_, i) => i % 2 === 0));
      step *= 2;
    }
    if (++images >= COUNT_AT_MOST) break;
  }
  return { images, files: files.slice(0, SAMPLE_FILES) };
}
