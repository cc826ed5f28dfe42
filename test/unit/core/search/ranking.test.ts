import assert from 'node:assert/strict';
import { parseFilter } from '../../../../src/core/filter/parseFilter';
import { NO_FILTER } from '../../../../src/core/sampleFilter';
import type { Dataset } from '../../../../src/core/dataset';
import { addSamples, analysisOf, analyze, NO_CHANGE, TemporaryDatasets } from '../temporaryDataset';
import { writeCaptions } from './writeCaptions';
import { found, search } from './searchScene';

describe('ranked search', function () {
  this.timeout(60_000);
  const temporary = new TemporaryDatasets();
  let dataset: Dataset;

  before(async () => {
    const location = await temporary.location();
    const first = await temporary.dataset(location);
    const ids = await addSamples(first, [
      'a/1.jpg',
      'a/2.jpg',
      'a/3.jpg',
      'crowd/4.jpg',
      'a/old-crowd.jpg',
      'a/crowd-2.jpg',
      'b/Crowd.jpg',
      'a/crowd.png',
      'a/none.jpg',
      'a/gone-crowd.jpg',
    ]);
    await analyze(first, [
      analysisOf(ids[1], ['object:crowded street:90']),
      analysisOf(ids[2], ['object:crowd:90']),
      analysisOf(ids[8], ['object:overcrowded:90', 'lighting:dark:90']),
    ]);
    await first.commitIndex({ ...NO_CHANGE, missing: [ids[9]] });
    await first.close();
    await writeCaptions(location, { [ids[0]]: 'In front of a (crowd).', [ids[8]]: 'It is overcrowded.' });
    dataset = await temporary.dataset(location);
  });
  after(() => temporary.clean());

  it('puts the file name over the tag, the tag over the folder, the folder over the caption', async () => {
    assert.deepEqual(await found(dataset, 'crowd'), [
      'a/crowd.png',
      'b/Crowd.jpg',
      'a/crowd-2.jpg',
      'a/old-crowd.jpg',
      'a/3.jpg',
      'a/2.jpg',
      'crowd/4.jpg',
      'a/1.jpg',
    ]);
  });

  it('takes the beginning of words of tags and captions, not their middle', async () => {
    assert.deepEqual(await found(dataset, 'rowd OR "a/none.jpg"'), [
      'a/none.jpg',
      ...['a/crowd-2.jpg', 'a/crowd.png', 'a/old-crowd.jpg', 'b/Crowd.jpg', 'crowd/4.jpg'],
    ]);
    assert.deepEqual(await found(dataset, 'stre'), ['a/2.jpg']);
    assert.deepEqual(await found(dataset, 'front'), ['a/1.jpg']);
  });

  it('wants every word', async () => {
    assert.deepEqual(await found(dataset, 'crowd 2'), ['a/crowd-2.jpg', 'a/2.jpg']);
    assert.deepEqual(await found(dataset, 'crowd nothing-like-it'), []);
  });

  it('sums up how well the words match', async () => {
    assert.deepEqual(await found(dataset, 'overcrowded dark'), ['a/none.jpg']);
    assert.deepEqual((await found(dataset, 'old OR crowd'))[0], 'a/old-crowd.jpg');
  });

  it('goes by path where there are no words, and backwards on demand', async () => {
    assert.deepEqual((await found(dataset, 'tag:crowd OR name:none')).join(), 'a/3.jpg,a/none.jpg');
    const filter = { ...NO_FILTER, expression: parseFilter('crowd') };
    const page = await dataset.page(filter, { offset: 0, limit: 2, sort: 'relevance', descending: true });
    assert.deepEqual(
      page.rows.map(({ path }) => path),
      ['a/1.jpg', 'crowd/4.jpg'],
    );
  });

  it('pages through in one order', async () => {
    const filter = { ...NO_FILTER, expression: parseFilter('crowd') };
    const paths: string[] = [];
    for (let offset = 0; offset < 8; offset += 3) {
      const page = await dataset.page(filter, { offset, limit: 3, sort: 'relevance', descending: false });
      paths.push(...page.rows.map(({ path }) => path));
    }
    assert.deepEqual(paths, await found(dataset, 'crowd'));
  });

  it('follows what changes', async () => {
    assert.deepEqual(await found(dataset, 'fresh'), []);
    const [, , , , , , , , none] = await dataset.sampleIds(NO_FILTER);
    await dataset.tagging.decide({ ids: Int32Array.of(none) }, ['fresh'], 'added', null);
    assert.equal((await found(dataset, 'fresh')).length, 1);
    await dataset.tagging.decide({ ids: Int32Array.of(none) }, ['fresh'], 'removed', null);
    assert.deepEqual(await found(dataset, 'fresh'), []);
  });

  it('looks for more words than it keeps', async () => {
    const words = Array.from({ length: 40 }, (_, index) => `w${index}`);
    assert.equal((await search(dataset, `${words.join(' OR ')} OR crowd`)).matching, 8);
    assert.equal((await search(dataset, words.slice(0, 20).join(' OR '))).matching, 0);
    assert.equal((await search(dataset, 'crowd')).matching, 8);
  });
});
