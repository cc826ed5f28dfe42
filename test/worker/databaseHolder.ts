import { Dataset } from '../../src/core/dataset';
import { locateDataset } from '../../src/core/datasetLocation';

/**
 * A process that holds a dataset for `databaseProcesses.test`. `hold FOLDER` adds one sample each time it is told to;
 * `write FOLDER` tags batches without end until it is killed, and reports each after its commit.
 */
async function main([mode, folder]: string[]): Promise<void> {
  const location = await locateDataset(folder, { fallbackFolder: `${folder}/fallback` });
  const dataset = await Dataset.open(location, { access: 'write' });
  if (mode === 'hold') {
    let count = 0;
    process.on('message', (message) => {
      if (message === 'close') return void dataset.close().then(() => process.exit(0));
      void addSamples(dataset, [`held-${count++}.jpg`]).then(() => process.send?.('added'));
    });
    process.send?.('ready');
    return;
  }
  const run = await dataset.beginRun({ kind: 'tag', model: 'builtin', settings: {} });
  for (let batch = 0; ; batch++) {
    const ids = await addSamples(
      dataset,
      Array.from({ length: 20 }, (_, index) => `${batch}/${index}.jpg`),
    );
    await dataset.commitAnalyses(run, { provider: 'builtin', embedder: null }, ids.map(analysisOf), ids.slice(-2));
    process.send?.(batch);
  }
}

async function addSamples(dataset: Dataset, paths: readonly string[]): Promise<number[]> {
  const added = paths.map((path) => ({ path, size: 1, mtimeMs: 1 }));
  return (await dataset.commitIndex({ added, changed: [], moved: [], missing: [], found: [] })).addedIds;
}

function analysisOf(id: number) {
  return {
    ok: true as const,
    id,
    contentHash: `${id}`,
    size: 1,
    mtimeMs: 1,
    width: 1,
    height: 1,
    format: 'jpeg',
    measures: { lightness: 1, sharpness: 1, noise: 1, entropy: 1, chroma: 1, overexposed: 0 },
    perceptualHash: '0',
    predictions: [
      { dimension: 'lighting', tag: 'dark', score: 90 },
      { dimension: 'color', tag: 'red', score: 80 },
    ],
    descriptor: null,
  };
}

void main(process.argv.slice(2));
