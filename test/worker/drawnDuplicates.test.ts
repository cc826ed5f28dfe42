import * as assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DESCRIPTOR_LENGTH } from '../../src/protocol/workerApi';
import { analyzeImages } from '../../src/worker/analyzeImages';
import { findNearDuplicates } from '../../src/worker/duplicates/nearDuplicates';
import { embedDescriptors, fitBasis } from '../../src/worker/embedding/visualLookBasis';
import type { SampleTruth } from '../fixtures/sampleDataset';
import { renderSampleDataset } from '../fixtures/sampleDataset';

/** Scenes of one kind are composed alike, which is the hard part. */
const FOLDERS = ['duplicates/', 'night/city/', 'colours/'];

const { signal } = new AbortController();

function original({ path, exactDuplicateOf, nearDuplicateOf }: SampleTruth): string {
  return exactDuplicateOf ?? nearDuplicateOf ?? path;
}

async function describeImages(folder: string, truth: readonly SampleTruth[]): Promise<Float32Array> {
  const items = truth.map(({ path }, i) => ({ id: i + 1, path: join(folder, path), thumbnail: null }));
  const analyses = await analyzeImages({ items, provider: null, embedder: 'visual-look' }, signal, () => undefined);
  const rows = new Float32Array(truth.length * DESCRIPTOR_LENGTH);
  analyses.forEach((analysis, i) => {
    assert.ok(analysis.ok && analysis.descriptor, truth[i].path);
    rows.set(analysis.descriptor, i * DESCRIPTOR_LENGTH);
  });
  return rows;
}

describe('near duplicates among drawn pictures', function () {
  this.timeout(120_000);

  it('are all found, with hardly a pair that is only alike', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'datavisor-duplicates-'));
    try {
      const truth = await renderSampleDataset(folder, {
        only: (path) => FOLDERS.some((name) => path.startsWith(name)),
      });
      const rows = await describeImages(folder, truth);
      const { signCodes } = embedDescriptors(await fitBasis(rows, truth.length, 1, signal), rows, truth.length);
      const { pairs } = await findNearDuplicates(signCodes, truth.length, 64, signal);
      const found = Array.from({ length: pairs.length / 2 }, (_, k) => [truth[pairs[2 * k]], truth[pairs[2 * k + 1]]]);
      const right = found.filter(([a, b]) => original(a) === original(b)).map(([a, b]) => `${a.path} | ${b.path}`);
      const wrong = found.filter(([a, b]) => original(a) !== original(b)).map(([a, b]) => `${a.path} | ${b.path}`);

      const copies = truth.filter((sample) => original(sample) !== sample.path);
      assert.ok(copies.length >= 12);
      for (const copy of copies) {
        assert.ok(
          right.some((pair) => pair.includes(copy.path) && pair.includes(original(copy))),
          `${copy.path} was not found`,
        );
      }
      assert.ok(wrong.length <= right.length / 4, wrong.join('\n'));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
