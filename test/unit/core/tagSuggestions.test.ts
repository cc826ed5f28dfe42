import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/core/dataset';
import { addSamples, analysisOf, analyze, NO_CHANGE, TemporaryDatasets } from './temporaryDataset';

const scope = (...ids: number[]) => ({ ids: Int32Array.from(ids) });

describe('suggestions while a tag is typed', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  async function dataset(): Promise<{ dataset: Dataset; ids: number[] }> {
    const opened = await temporary.dataset();
    const ids = await addSamples(opened, ['a', 'b', 'c']);
    const [a, b, c] = ids;
    await opened.tagging.decide(scope(a, b, c), ['street light'], 'added');
    await opened.tagging.decide(scope(a, b), ['streetcar'], 'added');
    await opened.tagging.decide(scope(a), ['street', 'main street', 'stormtrooper'], 'added');
    return { dataset: opened, ids };
  }

  const names = async (opened: Dataset, text: string, limit = 10) =>
    (await opened.tagging.suggest(text, limit)).suggestions.map(({ tag }) => tag);

  it('are the tag itself, then beginnings, then parts, the most used first', async () => {
    const { dataset: opened } = await dataset();
    assert.deepEqual(await names(opened, 'Street'), ['street', 'street light', 'streetcar', 'main street']);
    assert.deepEqual(await names(opened, 'stre', 2), ['street light', 'streetcar']);
  });

  it('forgive one typing mistake from four letters on, two from eight on', async () => {
    const { dataset: opened } = await dataset();
    for (const typed of ['steret', 'streat', 'stret', 'streett']) {
      assert.equal((await names(opened, typed))[0], 'street', typed);
    }
    assert.deepEqual(await names(opened, 'sterat'), []);
    assert.deepEqual(await names(opened, 'stortrooer'), ['stormtrooper']);
    assert.deepEqual(await names(opened, 'strotrooer'), []);
    assert.deepEqual(await names(opened, 'stretcar'), ['streetcar'], 'the nearest alone');
    assert.deepEqual(await names(opened, 'dxrk'), ['dark']);
    assert.deepEqual(await names(opened, 'dxk'), []);
  });

  it('know the vocabulary, and tags by their aliases', async () => {
    const { dataset: opened } = await dataset();
    assert.deepEqual((await opened.tagging.suggest('crowd', 5)).suggestions, [
      { tag: 'crowded', dimension: 'density', samples: 0, alias: null },
    ]);
    await opened.tagging.change({ kind: 'rename', from: ['streetcar'], to: 'tram' });
    const { name, isNew, suggestions } = await opened.tagging.suggest('StreetCar', 5);
    assert.deepEqual([name, isNew], ['tram', false]);
    assert.deepEqual(suggestions, [{ tag: 'tram', dimension: 'other', samples: 2, alias: 'streetcar' }]);
  });

  it('begin with what is used most, before anything is typed', async () => {
    const { dataset: opened } = await dataset();
    assert.deepEqual(await names(opened, '', 2), ['street light', 'streetcar']);
  });

  it('say how a new tag would be named', async () => {
    const { dataset: opened } = await dataset();
    const { name, problem, isNew } = await opened.tagging.suggest(' Traffic  LIGHT ', 5);
    assert.deepEqual([name, problem, isNew], ['traffic light', null, true]);
  });

  it('take wildcards and quotes as they are', async () => {
    const { dataset: opened } = await dataset();
    for (const text of ['%', '_', "'", '"; DROP TABLE tags', '\\']) assert.deepEqual(await names(opened, text), []);
  });

  it('follow every change, and leave missing samples out', async () => {
    const { dataset: opened, ids } = await dataset();
    const samples = async () => (await opened.tagging.suggest('street light', 1)).suggestions[0].samples;
    assert.equal(await samples(), 3);
    await opened.tagging.decide(scope(ids[0]), ['street light'], 'removed');
    assert.equal(await samples(), 2);
    await opened.commitIndex({ ...NO_CHANGE, missing: [ids[1]] });
    assert.equal(await samples(), 1);
  });

  it('are listed with their counts for looking after them', async () => {
    const { dataset: opened, ids } = await dataset();
    await analyze(opened, [
      analysisOf(ids[0], ['object:street:80', 'object:dog:80']),
      analysisOf(ids[1], ['object:dog:80']),
    ]);
    const query = { text: '', sort: 'samples', offset: 0, limit: 4 } as const;
    const { total, tags } = await opened.tagging.tagList(query);
    assert.deepEqual(
      tags.map(({ tag, samples, byPerson, undecided }) => [tag, samples, byPerson, undecided]),
      [
        ['street light', 3, 3, 0],
        ['dog', 2, 0, 2],
        ['streetcar', 2, 2, 0],
        ['main street', 1, 1, 0],
      ],
    );
    assert(total > 40, 'the vocabulary is among them');
    const undecided = await opened.tagging.tagList({ ...query, sort: 'undecided', limit: 1 });
    assert.equal(undecided.tags[0].tag, 'dog');
    const next = await opened.tagging.tagList({ ...query, text: 'STREET', sort: 'tag', offset: 1, limit: 2 });
    assert.deepEqual([next.total, next.tags.map(({ tag }) => tag)], [4, ['street', 'street light']]);
    const { tags: dark } = await opened.tagging.tagList({ ...query, text: 'dark' });
    assert.deepEqual([dark[0].inVocabulary, dark[0].dimension], [true, 'lighting']);
    assert.equal(tags[0].inVocabulary, false);
  });
});
