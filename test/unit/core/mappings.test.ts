import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/core/dataset';
import { addSamples, analysisOf, analyze, tagsByPath, TemporaryDatasets } from './temporaryDataset';

const ANY = { text: '', show: 'all', offset: 0, limit: 100 } as const;

describe('mapping, aliases and implications', function () {
  this.timeout(30_000);
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  async function tagged(
    ...tags: string[]
  ): Promise<{ dataset: Dataset; id: number; tags: () => Promise<readonly string[]> }> {
    const dataset = await temporary.dataset();
    const [id] = await addSamples(dataset, ['a']);
    await analyze(dataset, [analysisOf(id, tags)], 'wd');
    return { dataset, id, tags: async () => (await tagsByPath(dataset, [id]))['a'] };
  }

  it('are taken from a file with either header, a byte order mark, quotes and lines of Windows', async () => {
    const { dataset, tags } = await tagged('object:Long_Hair:80', 'object:solo:90', 'object:plain:70');
    const report = await dataset.policy.importMappings(
      '\uFEFFdanbooru_tag,internal_tag_title,action\r\n"long_hair","Long Hair",map\r\nsolo,,ignore\r\n\r\n',
      { replace: false },
    );
    assert.deepEqual(report, { added: 2, replaced: 0, kept: 0, refused: 0, rows: [] });
    assert.deepEqual(await tags(), ['long hair', 'plain']);
    const general =
      'tag;external_tag;factor;action;dimension\nplain old;plain;0,5;map;attribute\nhair;long hair;;imply;\n';
    assert.equal((await dataset.policy.importMappings(general, { replace: false })).added, 2);
    assert.deepEqual(await tags(), ['hair', 'long hair']);
  });

  it('report of each row that was not simply added what was done and why not', async () => {
    const { dataset } = await tagged('object:x1:80');
    await dataset.policy.importMappings('external_tag,tag\nkept,cat\nother,cat\n', { replace: false });
    const file = [
      'provider,external_tag,action,tag,dimension,factor',
      ',kept,map,cat,,',
      ',other,map,dog,,',
      ',bad,map,a_b,,',
      ',far,map,cat,nowhere,',
      ',many,map,cat,,1000',
      ',odd,throw,cat,,',
      ',none,,,,',
      ',twice,map,cat,,',
      ',twice,map,dog,,',
      ',"two\nlines",map,cat,,',
      ',aa,imply,bb,,',
      ',bb,imply,cc,,',
      ',cc,imply,aa,,',
      ',me,alias,me,,',
    ].join('\n');
    const report = await dataset.policy.importMappings(file, { replace: false });
    assert.deepEqual(
      report.rows.map(({ line, outcome }) => `${line} ${outcome}`),
      ['2 kept', '3 kept', ...[4, 5, 6, 7, 8, 10].map((line) => `${line} refused`), '15 refused', '16 refused'],
    );
    assert.match(report.rows.find(({ line }) => line === 15)!.reason!, /“cc” → “aa” → “bb” → “cc”/);
    assert.deepEqual([report.added, report.kept, report.refused], [4, 2, 8]);
    const again = await dataset.policy.importMappings('external_tag,tag\nother,dog\n', { replace: true });
    assert.deepEqual([again.replaced, again.rows[0].reason], [1, 'Mapped to “cat” before.']);
  });

  it('refuse a file as a whole that is none', async () => {
    const { dataset } = await tagged();
    for (const csv of ['', 'a,b\n1,2\n', 'external_tag,tag\n"open,x\n']) {
      await assert.rejects(dataset.policy.importMappings(csv, { replace: false }), { code: 'mapping-file' });
    }
  });

  it('come back as they were from the file they were written to, also what looks like a formula', async () => {
    const { dataset } = await tagged();
    await dataset.policy.setMapping({
      provider: 'wd',
      external: '=1+1',
      action: 'map',
      tag: 'sum',
      dimension: 'attribute',
      factor: 0.5,
    });
    await dataset.policy.setMapping({
      provider: '',
      external: `'@home, "sweet"`,
      action: 'ignore',
      tag: null,
      dimension: null,
      factor: 1,
    });
    await dataset.policy.setAlias('automobile', 'car');
    await dataset.policy.setImplications('car', ['vehicle', 'machine']);
    const { csv, rows } = await dataset.policy.exportMappings();
    assert.equal(rows, 5);
    assert.match(csv, /^wd,'=1\+1,map,sum,attribute,0\.5$/m);
    const other = await temporary.dataset();
    const report = await other.policy.importMappings(csv, { replace: false });
    assert.deepEqual([report.added, report.rows], [5, []]);
    assert.deepEqual((await other.policy.mappings(ANY)).rows, (await dataset.policy.mappings(ANY)).rows);
    assert.deepEqual(await other.policy.tagRules(), await dataset.policy.tagRules());
    assert.equal((await other.policy.exportMappings()).csv, csv);
  });

  it('take a hundred thousand rows at once', async () => {
    const { dataset } = await tagged();
    const rows = Array.from({ length: 100_000 }, (_, index) => `name_${index},tag ${index % 500},map`);
    const report = await dataset.policy.importMappings(['danbooru_tag,internal_tag_title,action', ...rows].join('\n'), {
      replace: false,
    });
    assert.equal(report.added, 100_000);
    assert.equal((await dataset.policy.mappings(ANY)).counts.mapped, 100_000);
  });

  it('list what is not mapped, what is said most first', async () => {
    const { dataset } = await tagged('object:solo:80', 'object:smile:90', 'lighting:dark:70');
    await dataset.policy.setMapping({
      provider: '',
      external: 'SMILE',
      action: 'map',
      tag: 'Happy',
      dimension: null,
      factor: 1,
    });
    const { counts, rows } = await dataset.policy.mappings(ANY);
    assert.deepEqual(counts, { mapped: 1, ignored: 0, unmapped: 1 });
    assert.deepEqual(
      rows.map(({ external, action, tag, predictions }) => [external, action, tag, predictions]),
      [
        ['SMILE', 'map', 'happy', 1],
        ['solo', 'none', null, 1],
      ],
    );
  });

  it('bring parents along, suppress them while the child is sure, and refuse to run in a circle', async () => {
    const { dataset, id, tags } = await tagged('object:car:80', 'object:vehicle:90');
    await dataset.policy.setImplications('car', ['vehicle']);
    assert.deepEqual(await tags(), ['car', 'vehicle']);
    const rule = { provider: '', dimension: '', autoApprove: null, holdUnmapped: null };
    assert.equal((await dataset.sample(id))!.tagDetails.find(({ tag }) => tag === 'vehicle')!.impliedBy, 'car');
    await dataset.policy.set([{ ...rule, threshold: 85 }], null);
    assert.deepEqual(
      (await dataset.sample(id))!.tagDetails.map(({ tag, impliedBy }) => [tag, impliedBy]),
      [['vehicle', null]],
    );
    await dataset.policy.setImplications('vehicle', ['machine']);
    const circle = dataset.policy.setImplications('machine', ['car']);
    await assert.rejects(circle, { code: 'implication-cycle', message: /“car” → “vehicle” → “machine”/ });
    await assert.rejects(dataset.policy.setImplications('car', ['car']), { code: 'implication-cycle' });
    await assert.rejects(dataset.policy.setAlias('machine', 'car'), { code: 'implication-cycle' });
    await assert.rejects(dataset.policy.setAlias('car', 'car'), { code: 'tag-alias' });
  });
});
