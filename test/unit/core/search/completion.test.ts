import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFilter } from '../../../../src/core/filter/parseFilter';
import type { Completion } from '../../../../src/core/search';
import type { Dataset } from '../../../../src/core/dataset';
import { addSamples, analysisOf, analyze, TemporaryDatasets } from '../temporaryDataset';

describe('complete', function () {
  this.timeout(60_000);
  const temporary = new TemporaryDatasets();
  let dataset: Dataset;

  before(async () => {
    dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['val/deep/crowd 1.jpg', 'val/2.jpg', 'train set/3.png', '4.jpg']);
    await analyze(dataset, [
      analysisOf(ids[0], ['object:crowd:90', 'object:odd thing:80', 'lighting:dark:90']),
      analysisOf(ids[1], ['object:crowd:90', 'lighting:dark:90']),
      analysisOf(ids[2], ['object:cross "x":70', 'lighting:dim:90'], { format: 'png' }),
    ]);
    await dataset.tagging.decide({ ids: Int32Array.of(ids[0]) }, ['mine'], 'added', 'extra');
  });
  after(() => temporary.clean());

  /** `|` is the cursor. */
  const completeAt = async (marked: string): Promise<Completion> => {
    const cursor = marked.indexOf('|');
    return dataset.search.complete(marked.replace('|', ''), cursor);
  };
  const inserts = async (marked: string) => (await completeAt(marked)).items.map(({ insert }) => insert);
  const applied = async (marked: string, place = 0) => {
    const { from, to, items } = await completeAt(marked);
    const text = marked.replace('|', '');
    return text.slice(0, from) + items[place].insert + text.slice(to);
  };

  it('starts with fields, frequent tags and keywords that fit', async () => {
    const { items } = await completeAt('|');
    assert.equal(items.length, 20);
    assert.deepEqual([items[0].insert, items[0].kind], ['tag:', 'field']);
    assert(items.some(({ insert, detail }) => insert === 'tag:crowd' && detail === '2 images'));
    assert.deepEqual(
      items.filter(({ kind }) => kind === 'keyword').map(({ insert }) => insert),
      ['NOT'],
    );
    assert.deepEqual((await inserts('a |')).slice(-3), ['OR', 'AND', 'NOT']);
    assert.deepEqual((await inserts('a OR |')).slice(-1), ['NOT']);
  });

  it('offers fields, tags, folders and files for what was begun', async () => {
    assert.deepEqual(await inserts('cr|'), [
      'tag:crowd',
      'tag:"cross \"x\""'.replaceAll('\"x\"', '\\"x\\"'),
      'name:"crowd 1.jpg"',
    ]);
    assert.deepEqual(await inserts('dark -v|'), ['folder:val', 'folder:val/deep']);
    assert.deepEqual(await inserts('li|'), ['lightness>', 'lighting:']);
    assert.deepEqual(await inserts('(con|'), ['conf(']);
    assert.deepEqual(await inserts('crowd|'), ['tag:crowd', 'name:"crowd 1.jpg"']);
  });

  it('offers the values of fields with how many have them', async () => {
    assert.deepEqual(await inserts('tag:|'), ['crowd', 'dark', '"cross \\"x\\""', 'dim', 'mine', '"odd thing"']);
    assert.deepEqual(
      (await completeAt('lighting:d|')).items.map(({ label, detail }) => `${label} ${detail}`),
      ['dark 2 images', 'dim 1 image'],
    );
    assert.deepEqual((await inserts('lighting:|')).slice(2), ['normal', 'bright']);
    assert.deepEqual(await inserts('other:|'), ['mine']);
    assert.deepEqual(await inserts('source:|'), ['builtin', 'person']);
    assert.deepEqual(await inserts('provider:b|'), ['builtin']);
    assert.deepEqual(await inserts('status:comp|'), ['completed']);
    assert.deepEqual(await inserts('format:|'), ['jpeg', 'png']);
    assert.deepEqual(
      (await completeAt('review:|')).items.map(({ label, detail }) => `${label} ${detail}`),
      ['open 3 images', 'done 0 images'],
    );
    assert.deepEqual(await inserts('disagree:m|'), ['models']);
    assert.deepEqual(await inserts('folder:t|'), ['"train set"']);
    assert.deepEqual(await inserts('decided:|'), ['mine']);
    assert.deepEqual(await inserts('rejected:|'), []);
    assert.deepEqual(await inserts('run:|'), ['1']);
    assert.deepEqual(await inserts('camera:|'), []);
    assert.deepEqual(await inserts('name:row|'), ['"crowd 1.jpg"']);
    assert.deepEqual(await inserts('conf(da|'), ['dark)>=']);
    assert.deepEqual(await inserts('width>1|'), []);
    assert.deepEqual(await inserts('nonsense:|'), []);
  });

  it('forgives typing mistakes in tags', async () => {
    assert.deepEqual(await inserts('tag:corwd|'), ['crowd']);
    assert.deepEqual(await inserts('crwod|'), ['tag:crowd']);
  });

  it('replaces the whole of what the cursor is in', async () => {
    assert.equal(await applied('tag:cr|owds -dark'), 'tag:crowd -dark');
    assert.equal(await applied('a -ta|g:x'), 'a -tag:x');
    assert.equal(await applied('tag:"odd t|'), 'tag:"odd thing"');
    assert.equal(await applied('tag:"odd t|" b'), 'tag:"odd thing" b');
    assert.equal(await applied('conf(od|)>=80'), 'conf("odd thing")>=80');
    assert.equal(await applied('NOT li|', 1), 'NOT lighting:');
  });

  it('makes texts that can be understood', async () => {
    for (const text of ['tag:|', 'folder:|', 'cr|', 'tag:cross|', 'name:crowd|', 'source:|', 'review:|', 'run:|']) {
      const { items } = await completeAt(text);
      assert(items.length > 0, text);
      for (let place = 0; place < items.length; place++) parseFilter(await applied(text, place));
    }
  });

  it('never fails, whatever is typed', async () => {
    const piece = fc.constantFrom(
      ...[
        'tag',
        ':',
        '"',
        '(',
        ')',
        '-',
        ' ',
        'conf(',
        '>=',
        '8',
        'OR',
        'NOT',
        '\\',
        'od',
        'lighting',
        '!',
        'ß',
        '😀',
        'folder:',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.nat(30), async (pieces, cursor) => {
        const text = pieces.join('');
        const { from, to, items } = await dataset.search.complete(text, cursor);
        assert(from >= 0 && from <= to && to <= text.length);
        assert(items.length <= 20);
      }),
      { numRuns: 150 },
    );
  });
});
