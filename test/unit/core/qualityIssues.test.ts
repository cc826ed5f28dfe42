import * as assert from 'node:assert/strict';
import type { Dataset } from '../../../src/core/dataset';
import { parseFilter } from '../../../src/core/filter/parseFilter';
import { ISSUES } from '../../../src/core/quality/issues';
import { NO_FILTER } from '../../../src/core/sampleFilter';
import type { Measures } from '../../../src/protocol/workerApi';
import { addSamples, analysisOf, analyze, NO_CHANGE, TemporaryDatasets } from './temporaryDataset';

const temporary = new TemporaryDatasets();
const USUAL = { lightness: 50, sharpness: 1.1, noise: null, entropy: 7, chroma: 30, overexposed: 0.01 };

/** Of each image one thing that is wrong with it; the first twenty are as they should be. */
const ODD: readonly { issue: string; measures?: Partial<Measures>; width?: number; height?: number }[] = [
  { issue: 'dark', measures: { lightness: 15 } },
  { issue: 'overexposed', measures: { overexposed: 0.25 } },
  { issue: 'blurry', measures: { sharpness: 0.4 } },
  { issue: 'low-information', measures: { entropy: 1 } },
  { issue: 'odd-size', width: 6400, height: 4800 },
  { issue: 'odd-aspect', width: 1109, height: 277 },
  { issue: 'grayscale', measures: { chroma: 0 } },
  { issue: '', measures: { sharpness: null } },
];
const GOOD = 20;

async function scene(): Promise<{ dataset: Dataset; ids: number[] }> {
  const dataset = await temporary.dataset();
  const paths = Array.from({ length: GOOD + ODD.length }, (_, i) => `${String(i).padStart(2, '0')}.jpg`);
  const ids = await addSamples(dataset, paths);
  await analyze(
    dataset,
    ids.map((id, i) => {
      const { measures = {}, width = 640, height = 480 } = ODD[i - GOOD] ?? {};
      return analysisOf(id, [], { measures: { ...USUAL, ...measures }, width, height });
    }),
  );
  return { dataset, ids };
}

const having = async (dataset: Dataset, text: string) => [
  ...(await dataset.sampleIds({ ...NO_FILTER, expression: parseFilter(text) })),
];

describe('quality issues', () => {
  afterEach(() => temporary.clean());

  it('are found by their measures, each in its image and in no other', async () => {
    const { dataset, ids } = await scene();
    for (const [place, { issue }] of ODD.entries()) {
      if (issue) assert.deepEqual(await having(dataset, `issue:${issue}`), [ids[GOOD + place]], issue);
    }
    const facet = (await dataset.facets(NO_FILTER)).dimensions.find(({ name }) => name === 'issue');
    assert.deepEqual(
      facet?.values.map(({ value, total, matching }) => [value, total, matching]),
      ISSUES.filter(({ name }) => name !== 'outlier').map(({ name }) => [name, 1, 1]),
    );
    const picked = { ...NO_FILTER, picks: { issue: ['dark', 'blurry'] } };
    assert.deepEqual([...(await dataset.sampleIds(picked))], [ids[GOOD], ids[GOOD + 2]]);
    const counts = (await dataset.facets(picked)).dimensions.find(({ name }) => name === 'issue');
    assert.equal(counts?.values.find(({ value }) => value === 'grayscale')?.matching, 1);
  });

  it('follow their thresholds, with counts that say what each would give', async () => {
    const { dataset, ids } = await scene();
    const dark = async () => (await dataset.quality.issues()).find(({ name }) => name === 'dark')!;
    const before = await dark();
    assert.deepEqual([before.samples, before.unknown, before.threshold, before.usual], [1, 0, 15, 15]);
    assert.equal(
      before.counts.reduce((sum, count) => sum + count, 0),
      ids.length,
    );
    await dataset.quality.setThreshold('dark', 50);
    assert.equal((await dark()).samples, ids.length);
    assert.equal((await having(dataset, 'issue:dark')).length, ids.length);
    await dataset.quality.setThreshold('dark', null);
    assert.equal((await dark()).samples, 1);
    const blurry = (await dataset.quality.issues()).find(({ name }) => name === 'blurry')!;
    assert.deepEqual([blurry.samples, blurry.unknown], [1, 1]);
  });

  it('go by the sizes there are now, after some have gone and come back', async () => {
    const { dataset, ids } = await scene();
    const odd = async () => [await having(dataset, 'issue:odd-size'), await having(dataset, 'issue:dark')];
    const [big, dark] = [ids[GOOD + 4], ids[GOOD]];
    assert.deepEqual(await odd(), [[big], [dark]]);
    await dataset.quality.setThreshold('dark', 14);
    assert.deepEqual(await odd(), [[big], []]);
    const others = ids.filter((id) => id !== big && id !== dark);
    await dataset.commitIndex({ ...NO_CHANGE, missing: others });
    await dataset.quality.setThreshold('dark', null);
    assert.deepEqual(await odd(), [[], [dark]]); // of two sizes neither is odd
    await dataset.commitIndex({ ...NO_CHANGE, found: others });
    assert.deepEqual(await odd(), [[big], [dark]]);
  });

  it('are none where nothing is measured', async () => {
    const dataset = await temporary.dataset();
    assert.equal((await dataset.quality.issues()).length, ISSUES.length);
    await addSamples(dataset, ['a.jpg', 'b.jpg']);
    const issues = await dataset.quality.issues();
    assert.deepEqual([...new Set(issues.map(({ samples, unknown }) => `${samples} of ${2 - unknown}`))], ['0 of 0']);
  });

  it('refuse what is no issue and no threshold', async () => {
    const { dataset } = await scene();
    await assert.rejects(dataset.quality.setThreshold('ugly', 1), /Use one of: dark, overexposed/);
    await assert.rejects(dataset.quality.setThreshold('dark', 300), /between 0 and 60/);
    await assert.rejects(dataset.quality.setThreshold('dark', Number.NaN), /between 0 and 60/);
    assert.throws(() => parseFilter('issue:drak'), /Did you mean|Use one of/);
  });

  it('leave missing images out, until these are asked for', async () => {
    const { dataset, ids } = await scene();
    await dataset.commitIndex({ ...NO_CHANGE, missing: [ids[GOOD]] });
    assert.deepEqual(await having(dataset, 'issue:dark'), []);
    assert.equal((await dataset.quality.issues())[0].samples, 0);
  });

  it('tell outliers by how far they are from the others', async () => {
    const { dataset, ids } = await scene();
    const distances = Float32Array.from(ids, (_, i) => (i === 3 ? 0.9 : 0.1 + 0.001 * i));
    distances[5] = 0;
    await dataset.quality.saveUniqueness('visual-look', Int32Array.from(ids), distances);
    assert.deepEqual(await having(dataset, 'issue:outlier'), [ids[3]]);
    await dataset.quality.setThreshold('outlier', -2);
    const found = await having(dataset, 'issue:outlier');
    assert.ok(found.length > 1 && !found.includes(ids[5]), 'the one with a twin is the last to be an outlier');
  });
});
