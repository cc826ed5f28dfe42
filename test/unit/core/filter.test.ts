import assert from 'node:assert/strict';
import { parseFilter } from '../../../src/core/filter/parseFilter';
import { FilterSyntaxError } from '../../../src/core/filter/filterSyntaxError';
import { NO_FILTER } from '../../../src/core/sampleFilter';
import type { Dataset } from '../../../src/core/dataset';
import { addSamples, analysisOf, analyze, NO_CHANGE, TemporaryDatasets } from './temporaryDataset';

describe('parseFilter', () => {
  it('is null for a text without terms', () => {
    assert.equal(parseFilter(''), null);
    assert.equal(parseFilter(' \n\t '), null);
  });

  it('binds NOT before AND before OR, and keeps chains flat', () => {
    const word = (text: string) => ({ kind: 'word', text });
    assert.deepEqual(parseFilter('a b OR NOT c AND -(d OR e)'), {
      kind: 'or',
      terms: [
        { kind: 'and', terms: [word('a'), word('b')] },
        {
          kind: 'and',
          terms: [
            { kind: 'not', term: word('c') },
            { kind: 'not', term: { kind: 'or', terms: [word('d'), word('e')] } },
          ],
        },
      ],
    });
  });

  it('reads fields, comparisons, units and confidences', () => {
    assert.deepEqual(parseFilter('tag:"two words"'), { kind: 'text', field: 'tag', value: 'two words' });
    assert.deepEqual(parseFilter('Lighting:dark'), { kind: 'dimension', dimension: 'lighting', tag: 'dark' });
    assert.deepEqual(parseFilter('other:-x'), { kind: 'dimension', dimension: 'other', tag: '-x' });
    assert.deepEqual(parseFilter('path:OR'), { kind: 'text', field: 'path', value: 'OR' });
    assert.deepEqual(parseFilter('width>=1024'), { kind: 'number', field: 'width', comparison: '>=', value: 1024 });
    assert.deepEqual(parseFilter('lightness != -.5'), {
      kind: 'number',
      field: 'lightness',
      comparison: '!=',
      value: -0.5,
    });
    assert.deepEqual(parseFilter('size<1.5MB'), {
      kind: 'number',
      field: 'size',
      comparison: '<',
      value: 1.5 * 1024 ** 2,
    });
    assert.deepEqual(parseFilter('conf("very dark")>=80'), {
      kind: 'confidence',
      tag: 'very dark',
      comparison: '>=',
      value: 80,
    });
  });

  it('takes as words what only looks like something else', () => {
    for (const text of ['foo-bar', 'or', 'conf', '😀', "it's", '100%', '-']) {
      assert.deepEqual(parseFilter(text), { kind: 'word', text });
    }
    assert.deepEqual(parseFilter('"NOT a:b"'), { kind: 'word', text: 'NOT a:b', exact: true });
    assert.deepEqual(parseFilter('"say \\"hi\\" \\\\"'), { kind: 'word', text: 'say "hi" \\', exact: true });
  });

  const ERRORS: readonly [text: string, offset: number, message: RegExp][] = [
    ['dark "open', 5, /quotation mark/],
    ['(a OR b', 0, /never closed/],
    ['a)', 1, /closes nothing/],
    ['a OR', 4, /missing here/],
    ['a AND OR b', 6, /missing here/],
    ['NOT', 3, /missing here/],
    ['colour:red', 0, /no field "colour".*tag, path.*lighting.*width/],
    ['x lightnes>3', 2, /no field "lightnes"/],
    ['width:100', 0, /compared with a number: width>1024/],
    ['tag>dark', 3, /colon: tag:dark/],
    ['tag:', 4, /value is missing after "tag:"/],
    ['tag:""', 4, /value is missing/],
    ['width>', 6, /value is missing/],
    ['width>wide', 6, /"wide" is not a number/],
    ['width>2MB', 6, /not a number/],
    ['size>2XB', 5, /KB, MB, GB/],
    ['status:done', 7, /pending, processing, completed, failed, missing/],
    ['conf(dark', 0, /Close the parenthesis/],
    ['conf(dark) b', 11, /Compare the confidence/],
    ['a ! b', 2, /"!" stands only/],
    ['a '.repeat(101), 200, /at most 100/],
    [`${'('.repeat(60)}a`, 50, /nested too deeply/],
  ];
  for (const [text, offset, message] of ERRORS) {
    it(`points at what is wrong in ${text.slice(0, 20)}`, () => {
      assert.throws(
        () => parseFilter(text),
        (error) => {
          assert(error instanceof FilterSyntaxError);
          assert.equal(error.code, 'filter-syntax');
          assert.match(error.message, message);
          assert.equal(error.offset, offset);
          return true;
        },
      );
    });
  }
});

describe('a filter', function () {
  this.timeout(60_000);
  const temporary = new TemporaryDatasets();
  let dataset: Dataset;

  before(async () => {
    dataset = await temporary.dataset();
    const ids = await addSamples(dataset, [
      'a.jpg',
      'val/Böhm 1.png',
      'val/deep/100%_"x".gif',
      'value/gone.jpg',
      'dark.tif',
    ]);
    await analyze(dataset, [
      analysisOf(ids[0], ['lighting:dark:90', 'color:red:60'], { width: 2000, size: 5000 }),
      analysisOf(ids[1], ['lighting:dim:55', 'extra:odd thing:70'], { format: 'png', size: 3 * 1024 ** 2 }),
      analysisOf(ids[2], ['color:red:99'], { format: 'gif' }),
    ]);
    await dataset.commitHeaders([{ id: ids[4], code: 'damaged', message: 'Truncated.' }]);
    await dataset.tagging.decide({ ids: Int32Array.of(ids[0]) }, ['mine'], 'added', 'extra');
    await dataset.commitIndex({ ...NO_CHANGE, missing: [ids[3]] });
  });
  after(() => temporary.clean());

  const find = async (text: string) => {
    const ids = await dataset.sampleIds({ ...NO_FILTER, expression: parseFilter(text) });
    return [...ids].sort().join('');
  };

  const CASES: Readonly<Record<string, string>> = {
    '': '1235',
    DARK: '15',
    bÖHM: '2',
    '"%_\\""': '3',
    odd: '2',
    'tag:dark': '1',
    'tag:Dark': '1',
    '-tag:dark': '235',
    'tag:red -tag:dark': '3',
    'tag:dark OR tag:dim': '12',
    'NOT (tag:dark OR tag:dim)': '35',
    'lighting:dark': '1',
    'color:dark': '',
    'other:mine': '1',
    'path:val/': '23',
    'folder:VAL': '23',
    'folder:val/deep/': '3',
    'folder:.': '15',
    'format:jpg': '1',
    'status:failed': '5',
    'status:missing': '4',
    'status:missing OR tag:dark': '14',
    '-status:missing': '1235',
    'camera:nikon': '',
    '-camera:nikon': '1235',
    'width>640': '1',
    'width<=640': '23',
    '-width>640': '235',
    'size>=3MB': '2',
    'size=1000': '3',
    'noise>0': '',
    'conf(red)>=80': '3',
    'conf(red)<80': '1',
    '-conf(red)>=80': '125',
    [`path:"'; DROP TABLE samples; --"`]: '',
  };
  for (const [text, expected] of Object.entries(CASES)) {
    it(`finds ${expected || 'nothing'} for ${text || 'no text'}`, async () => assert.equal(await find(text), expected));
  }

  it('adds up with picks and a selection', async () => {
    const ids = await dataset.sampleIds({
      picks: { lighting: ['dark', 'dim'], format: ['png', 'jpeg'], other: ['odd thing', 'mine'], clarity: [] },
      expression: parseFilter('width>1'),
      selection: Int32Array.of(2, 3),
    });
    assert.deepEqual([...ids], [2]);
    assert.equal((await dataset.sampleIds({ ...NO_FILTER, selection: new Int32Array() })).length, 0);
  });

  it('holds as many conditions as it may, one in another or side by side', async () => {
    assert.equal(await find('-a '.repeat(100)), '');
    assert.equal(await find(`${'-('.repeat(24)}tag:dark${')'.repeat(24)}`), '1');
    assert.equal(await find(Array.from({ length: 100 }, (_, index) => `conf(t${index})>1`).join(' OR ')), '');
  });
});
