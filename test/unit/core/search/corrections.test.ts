import assert from 'node:assert/strict';
import { editDistance, prefixDistance } from '../../../../src/core/filter/editDistance';
import { parseFilter } from '../../../../src/core/filter/parseFilter';
import { NO_FILTER } from '../../../../src/core/sampleFilter';
import type { Dataset } from '../../../../src/core/dataset';
import { addSamples, analysisOf, analyze, TemporaryDatasets } from '../temporaryDataset';
import { writeCaptions } from './writeCaptions';
import { found, search } from './searchScene';

describe('editDistance', () => {
  it('counts letters to insert, delete, replace and swap', () => {
    const CASES: readonly [string, string, number][] = [
      ['', '', 0],
      ['street', 'street', 0],
      ['stret', 'street', 1],
      ['streeet', 'street', 1],
      ['strect', 'street', 1],
      ['stereet', 'street', 1],
      ['tsreet', 'street', 1],
      ['sretet', 'street', 2],
      ['abcd', 'street', 3],
    ];
    for (const [a, b, expected] of CASES) {
      assert.equal(editDistance(a, b, 2), expected, `${a} ${b}`);
      assert.equal(editDistance(b, a, 2), expected, `${b} ${a}`);
    }
  });

  it('compares with the beginning', () => {
    assert.equal(prefixDistance('stre', 'street', 1), 0);
    assert.equal(prefixDistance('strr', 'street', 1), 1);
    assert.equal(prefixDistance('sterr', 'street', 1), 2);
  });
});

describe('a word that nothing has', () => {
  const temporary = new TemporaryDatasets();
  let dataset: Dataset;

  before(async () => {
    const location = await temporary.location();
    const first = await temporary.dataset(location);
    const ids = await addSamples(first, [
      'bridges/umbrella_001.jpg',
      'plain/0002.jpg',
      'plain/0003.jpg',
      'plain/0004.jpg',
    ]);
    await analyze(first, [
      analysisOf(ids[1], ['object:fountain:90', 'object:mountain:90']),
      analysisOf(ids[2], ['object:fountain:90', 'object:odd thing:90']),
    ]);
    await first.close();
    await writeCaptions(location, { [ids[3]]: 'Somebody plays the clarinet' });
    dataset = await temporary.dataset(location);
  });
  after(() => temporary.clean());

  const CASES: Readonly<Record<string, readonly [used: readonly string[], paths: readonly string[]]>> = {
    umbrela: [['umbrella'], ['bridges/umbrella_001.jpg']],
    UMBERLLA: [['umbrella'], ['bridges/umbrella_001.jpg']],
    bridgse: [['bridges'], ['bridges/umbrella_001.jpg']],
    founntain: [['fountain'], ['plain/0002.jpg', 'plain/0003.jpg']],
    oddthing: [['odd thing'], ['plain/0003.jpg']],
    clarinett: [['clarinet'], ['plain/0004.jpg']],
    moontaim: [['mountain'], ['plain/0002.jpg']],
    umbr: [[], ['bridges/umbrella_001.jpg']],
    plian: [['plain'], ['plain/0002.jpg', 'plain/0003.jpg', 'plain/0004.jpg']],
    odt: [[], []],
    zzzzzzzz: [[], []],
    '"umbrela"': [[], []],
    'tag:fountian': [[], []],
  };
  for (const [text, [used, paths]] of Object.entries(CASES)) {
    it(`is ${used.join() || 'left alone'} for ${text}`, async () => {
      const { corrections, rows } = await search(dataset, text);
      assert.deepEqual(corrections, used.length > 0 ? [{ typed: text, used }] : []);
      assert.deepEqual(
        rows.map(({ path }) => path),
        paths,
      );
    });
  }

  it('is all that is equally near, the most frequent first', async () => {
    const { corrections, rows } = await search(dataset, 'xountain');
    assert.deepEqual(corrections, [{ typed: 'xountain', used: ['fountain', 'mountain'] }]);
    assert.equal(rows.length, 2);
  });

  it('is not corrected where it is excluded', async () => {
    assert.equal((await search(dataset, '-fountian')).matching, 4);
    const { corrections, matching } = await search(dataset, 'fountian -(fountian)');
    assert.deepEqual([corrections.length, matching], [1, 2]);
  });

  it('means the same to every question under the filter', async () => {
    const filter = { ...NO_FILTER, expression: parseFilter('fountian plian') };
    const page = await search(dataset, 'fountian plian');
    assert.deepEqual([page.matching, page.corrections.length], [2, 2]);
    const facets = await dataset.facets(filter);
    assert.equal(facets.matching, 2);
    assert.deepEqual([...(await dataset.sampleIds(filter))], page.rows.map(({ id }) => id).sort());
  });

  it('is no longer corrected once something has it', async () => {
    assert.deepEqual(await found(dataset, 'umbrela'), ['bridges/umbrella_001.jpg']);
    await addSamples(dataset, ['plain/umbrela.jpg']);
    assert.deepEqual(await found(dataset, 'umbrela'), ['plain/umbrela.jpg']);
  });
});
