import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/core/dataset';
import { parseFilter } from '../../../src/core/filter/parseFilter';
import { NO_FILTER } from '../../../src/core/sampleFilter';
import { mergeVocabulary } from '../../../src/core/vocabulary/mergeVocabulary';
import { parseUserVocabulary } from '../../../src/core/vocabulary/userVocabulary';
import { VOCABULARY } from '../../../src/protocol/vocabulary';
import { addSamples, analysisOf, analyze, tagsByPath, TemporaryDatasets } from './temporaryDataset';

const withOwn = (...dimensions: unknown[]) => mergeVocabulary([parseUserVocabulary({ dimensions }, 'test')]);
const TIME = { name: 'time of day', title: 'Time', answers: ['dawn', 'noon', 'dusk'] };

describe('dimensions of a dataset', () => {
  const temporary = new TemporaryDatasets();
  let dataset: Dataset;
  let a: number;
  let b: number;
  beforeEach(async () => {
    dataset = await temporary.dataset();
    [a, b] = (await addSamples(dataset, ['a', 'b'])) as [number, number];
  });
  afterEach(() => temporary.clean());

  it('are the built-in ones to begin with', async () => {
    assert.deepEqual(
      (await dataset.dimensions()).map(({ name, tags, multiple }) => ({ name, tags, multiple })),
      VOCABULARY.map(({ name, tags, multiple }) => ({ name, tags, multiple })),
    );
  });

  it('take in those of a person, after the built-in ones, for facets, maps and filters', async () => {
    await dataset.setVocabulary(withOwn(TIME));
    await analyze(dataset, [
      analysisOf(a, ['time of day:noon:80', 'time of day:dawn:70']),
      analysisOf(b, ['time of day:dusk:90', 'lighting:dark:90']),
    ]);
    assert.deepEqual(await tagsByPath(dataset, [a, b]), { a: ['noon'], b: ['dark', 'dusk'] });
    const { dimensions } = await dataset.facets({ ...NO_FILTER, picks: { 'time of day': ['dusk'] } });
    const names = dimensions.map(({ name }) => name);
    assert.deepEqual(names.slice(names.indexOf('duplicate')), [
      'duplicate',
      'time of day',
      'status',
      'format',
      'folder',
      'source',
      'review',
    ]);
    const time = dimensions.find(({ name }) => name === 'time of day');
    assert.deepEqual(
      [time?.title, ...time!.values.map(({ value, total, matching }) => `${value} ${total}/${matching}`)],
      ['Time', 'dawn 0/0', 'noon 1/1', 'dusk 1/1'],
    );
    const ids = Int32Array.of(a, b);
    await dataset.commitEmbeddings('m', { ids, vectors: new Float32Array(2), signCodes: null });
    await dataset.saveProjection('m', { ids, xy: new Float32Array(4) }, {});
    const colors = await dataset.map.colors('m', 'time of day');
    assert.ok(colors.kind === 'labels');
    const { labels, categories } = colors;
    assert.deepEqual(
      [labels, [...categories]],
      [
        ['noon', 'dusk'],
        [0, 1],
      ],
    );
    const find = async (text: string) => [
      ...(await dataset.sampleIds({ ...NO_FILTER, expression: parseFilter(text, ['time of day']) })),
    ];
    assert.deepEqual(await find('"time of day":dusk'), [b]);
    assert.deepEqual(await find('NOT "Time of Day":dusk'), [a]);
    assert.deepEqual(await find('"time of day"'), []);
    assert.throws(() => parseFilter('"time of day":dusk'), { code: 'filter-syntax' });
    assert.throws(() => parseFilter('nothing:dusk', ['time of day']), /time of day/);
  });

  it('give no tags once they are taken out, and the same again when they are back', async () => {
    await dataset.setVocabulary(withOwn(TIME));
    await analyze(dataset, [analysisOf(a, ['time of day:noon:80', 'extra:thing:80'])]);
    await dataset.setVocabulary(VOCABULARY);
    assert.deepEqual(await tagsByPath(dataset, [a]), { a: ['thing'] });
    assert.equal((await dataset.dimensions()).length, VOCABULARY.length);
    assert.equal((await dataset.sample(a))?.predictions.length, 2);
    await dataset.setVocabulary(withOwn(TIME));
    assert.deepEqual(await tagsByPath(dataset, [a]), { a: ['noon', 'thing'] });
  });

  it('place the tag of a decision where the vocabulary has it now', async () => {
    await dataset.setVocabulary(withOwn(TIME));
    await dataset.setVocabulary(withOwn({ ...TIME, name: 'hour' }));
    await dataset.tagging.decide({ ids: Int32Array.of(a) }, ['noon'], 'added', null);
    assert.equal((await dataset.sample(a))?.tagDetails[0]?.dimension, 'hour');
  });

  it('raise the revision only when they change', async () => {
    await dataset.setVocabulary(withOwn(TIME));
    const { revision } = dataset;
    await dataset.setVocabulary(withOwn(TIME));
    assert.equal(dataset.revision, revision);
    await dataset.setVocabulary(withOwn({ ...TIME, answers: ['dawn', 'noon'] }));
    assert.equal(dataset.revision, revision + 1);
  });

  it('stay when the dataset is opened again, also by one who only reads', async () => {
    await dataset.setVocabulary(withOwn(TIME));
    await dataset.close();
    for (const access of ['write', 'read'] as const) {
      const again = await temporary.dataset(dataset.location, access);
      assert.deepEqual((await again.dimensions()).at(-1)?.tags, TIME.answers);
      await again.close();
    }
  });
});
