import * as assert from 'node:assert/strict';
import type { Dataset } from '../../../src/core/dataset';
import { ALL_GROUPS, TO_REMOVE } from '../../../src/core/duplicateDesk';
import { duplicateList } from '../../../src/core/export/duplicateList';
import { parseFilter } from '../../../src/core/filter/parseFilter';
import { NO_FILTER } from '../../../src/core/sampleFilter';
import { addSamples, analysisOf, analyze, codePairs, NO_CHANGE, TemporaryDatasets } from '../core/temporaryDataset';

const temporary = new TemporaryDatasets();
const PAGE = { offset: 0, limit: 50, members: 24 };
const PATHS = [
  'data/train/a.jpg',
  'data/train/b.jpg',
  'data/valid/c.jpg',
  'data/test2/d.png',
  'e.jpg',
  'contest/f.jpg',
];

/** a and b have the same bytes, c looks like a, d and e look alike, f like nothing. */
async function scene(): Promise<{ dataset: Dataset; ids: number[] }> {
  const dataset = await temporary.dataset();
  const ids = await addSamples(dataset, PATHS);
  const [a, b, c, d, e, f] = ids;
  await analyze(dataset, [
    analysisOf(a, [], { contentHash: 'same' }),
    analysisOf(b, [], { contentHash: 'same' }),
    analysisOf(c, [], { width: 900, height: 900 }),
    analysisOf(d, [], { format: 'png' }),
    ...[e, f].map((id) => analysisOf(id)),
  ]);
  const run = await dataset.beginRun({ kind: 'embed', model: 'visual-look', settings: {} });
  const alike = [[a, c, 9] as const, [b, c, 9] as const, [d, e, 32] as const];
  await dataset.saveDuplicates(run, [codePairs(alike, { transforms: [null, null, 'mirrored'] })]);
  return { dataset, ids };
}

describe('groups of duplicates in a dataset', () => {
  afterEach(() => temporary.clean());

  it('come with what is known of their images, the best and the splits', async () => {
    const { dataset, ids } = await scene();
    const [a, b, c, d, e] = ids;
    const { rows, ...counts } = await dataset.duplicateGroups.page(ALL_GROUPS, PAGE);
    assert.deepEqual(counts, { exact: 0, near: 2, leaks: 1, removable: 0, groups: 2, images: 5, spare: 3 });
    assert.deepEqual(
      rows.map(({ kind, size, foundBy, likeness, splits, best, members }) => [
        ...[kind, size, foundBy, likeness, splits.join(), best.id],
        members.map(({ id }) => id).join(),
      ]),
      [
        ['near', 3, 'sign-code', 100 - 900 / 256, 'train,val', c, [a, b, c].join()],
        ['near', 2, 'sign-code', 87.5, 'test', d, [d, e].join()],
      ],
    );
    assert.equal(rows[1].members[1].transform, 'mirrored');
    assert.deepEqual(
      rows[0].members.map(({ split, width }) => [split, width]),
      [
        ['train', 640],
        ['train', 640],
        ['val', 900],
      ],
    );
    const leaking = (await dataset.samplesByIds(ids)).filter(({ tags }) => tags.includes('split-leak'));
    assert.deepEqual(
      leaking.map(({ id }) => id),
      [a, b, c],
    );
  });

  it('of copies outside of all splits span none', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['x.jpg', 'y.jpg']);
    await analyze(
      dataset,
      ids.map((id) => analysisOf(id, [], { contentHash: 'same' })),
    );
    const run = await dataset.beginRun({ kind: 'embed', model: 'visual-look', settings: {} });
    await dataset.saveDuplicates(run, [codePairs([])]);
    const { exact, near, leaks, rows } = await dataset.duplicateGroups.page(ALL_GROUPS, PAGE);
    assert.deepEqual([exact, near, leaks, rows[0].kind, rows[0].splits], [1, 0, 0, 'exact', []]);
  });

  it('tell which are left, by kind, leak and filter', async () => {
    const { dataset, ids } = await scene();
    const count = async (scope: Partial<typeof ALL_GROUPS>) =>
      (await dataset.duplicateGroups.page({ ...ALL_GROUPS, ...scope }, PAGE)).groups;
    assert.equal(await count({ kind: 'exact' }), 0);
    assert.equal(await count({ kind: 'near' }), 2);
    assert.equal(await count({ leaks: true }), 1);
    assert.equal(await count({ filter: { ...NO_FILTER, expression: parseFilter('format:png') } }), 1);
    await dataset.commitIndex({ ...NO_CHANGE, missing: [ids[2]] });
    assert.equal(await count({ kind: 'exact' }), 1);
    assert.equal(await count({ leaks: true }), 0);
  });

  it('mark what is not kept in one step, which can be undone, and change it', async () => {
    const { dataset, ids } = await scene();
    const [a, b, c] = ids;
    const marked = async () => {
      const rows = await dataset.samplesByIds(ids);
      return rows.filter(({ tags }) => tags.includes(TO_REMOVE)).map(({ id }) => id);
    };
    const [{ id: group }] = (await dataset.duplicateGroups.page(ALL_GROUPS, PAGE)).rows;
    const operation = await dataset.duplicateGroups.accept([{ group, keep: c }]);
    assert.deepEqual([operation?.samples, await marked()], [2, [a, b]]);
    assert.equal((await dataset.duplicateGroups.page({ ...ALL_GROUPS, open: true }, PAGE)).groups, 1);
    assert.equal(await dataset.duplicateGroups.accept([{ group, keep: c }]), null);

    await dataset.duplicateGroups.accept([{ group, keep: a }]);
    assert.deepEqual(await marked(), [b, c]);
    await dataset.tagging.undo();
    assert.deepEqual(await marked(), [a, b]);
    await dataset.tagging.undo();
    assert.deepEqual(await marked(), []);
  });

  it('leave out a choice of what is not in the group', async () => {
    const { dataset, ids } = await scene();
    const [{ id: group }] = (await dataset.duplicateGroups.page(ALL_GROUPS, PAGE)).rows;
    assert.equal(await dataset.duplicateGroups.accept([{ group, keep: ids[5] }]), null);
  });

  it('let go of nothing of which nothing would be left', async () => {
    const { dataset, ids } = await scene();
    const [a, b, c, d, e, f] = ids;
    await dataset.duplicateGroups.acceptAll(ALL_GROUPS);
    const paths = async () => (await dataset.duplicateGroups.removable()).files.map(({ id }) => id);
    assert.deepEqual(await paths(), [a, b, e]);
    await dataset.tagging.decide({ ids: Int32Array.of(d, f) }, [TO_REMOVE], 'added', null);
    assert.deepEqual(await paths(), [a, b]);
    assert.equal((await dataset.duplicateGroups.removable()).kept, 3);
    assert.ok(!(await paths()).includes(c));
  });
});

describe('mirrored and turned copies', () => {
  afterEach(() => temporary.clean());

  const none = [codePairs([])];

  async function pairs(dataset: Dataset): Promise<string[]> {
    const groups = await dataset.duplicateGroups.all(ALL_GROUPS);
    const words = groups.map(({ members }) =>
      members.map(({ path, transform }) => (transform === null ? path : `${path} ${transform}`)).join(' + '),
    );
    return words.sort();
  }

  async function mirrored() {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b', 'c', 'd']);
    await analyze(
      dataset,
      ids.map((id) => analysisOf(id)),
    );
    const [a, b, c, d] = ids;
    const run = await dataset.beginRun({ kind: 'embed', model: 'visual-look', settings: {} });
    const pairs = [[a, b, 3] as const, [c, d, 4] as const];
    const searched = ['mirrored', 'flipped', 'turned-90', 'turned-180'] as const;
    await dataset.saveDuplicates(run, [codePairs(pairs, { transforms: ['mirrored', 'turned-90'], searched })]);
    return { dataset, ids, run };
  }

  it('stay known when they are not looked for, and are replaced when they are', async () => {
    const { dataset, ids, run } = await mirrored();
    const [a, b] = ids;
    await dataset.saveDuplicates(run, none);
    assert.deepEqual(await pairs(dataset), ['a + b mirrored', 'c + d turned-90']);
    assert.deepEqual((await dataset.sample(a))?.tags, ['near-duplicate']);
    await dataset.saveDuplicates(run, [codePairs([], { searched: ['turned-90', 'turned-180'] })]);
    assert.deepEqual(await pairs(dataset), ['a + b mirrored']);
    await dataset.saveDuplicates(run, [codePairs([[b, a, 9]])]);
    assert.deepEqual(await pairs(dataset), ['a + b']);
    assert.deepEqual(await dataset.duplicates(a), { exact: [], near: [b] });
    await dataset.saveDuplicates(run, none);
    assert.deepEqual(await pairs(dataset), []);
  });

  it('are forgotten with the bytes of a file, and come back with a file that was gone', async () => {
    const { dataset, ids, run } = await mirrored();
    const [a, , c, d] = ids;
    await dataset.commitIndex({ ...NO_CHANGE, missing: [c], changed: [{ id: a, size: 7, mtimeMs: 8 }] });
    await dataset.saveDuplicates(run, none);
    assert.deepEqual(await pairs(dataset), []);
    assert.deepEqual((await dataset.sample(d))?.tags, []);
    await dataset.commitIndex({ ...NO_CHANGE, found: [c] });
    await dataset.saveDuplicates(run, none);
    assert.deepEqual(await pairs(dataset), ['c + d turned-90']);
  });
});

describe('pages of groups', () => {
  afterEach(() => temporary.clean());

  /** Exact copies, `sizes[i]` in the i-th group; the last of each has the most pixels. */
  async function copies(...sizes: number[]): Promise<{ dataset: Dataset; groups: number[][] }> {
    const dataset = await temporary.dataset();
    const names = sizes.flatMap((size, group) => Array.from({ length: size }, (_, at) => `${group}/${100 + at}.jpg`));
    const ids = await addSamples(dataset, names);
    const groups: number[][] = [];
    for (const size of sizes) groups.push(ids.splice(0, size));
    const analyses = groups.flatMap((group, at) =>
      group.map((id) => analysisOf(id, [], { contentHash: `same-${at}`, width: id === group.at(-1) ? 900 : 640 })),
    );
    await analyze(dataset, analyses);
    const run = await dataset.beginRun({ kind: 'embed', model: 'visual-look', settings: {} });
    await dataset.saveDuplicates(run, [codePairs([])]);
    return { dataset, groups };
  }

  it('follow one another, each group once, the largest first', async () => {
    const { dataset } = await copies(2, 5, 3, 2, 4);
    const sizes: number[] = [];
    for (const offset of [0, 2, 4, 6]) {
      const { rows, groups } = await dataset.duplicateGroups.page(ALL_GROUPS, { offset, limit: 2, members: 24 });
      assert.equal(groups, 5);
      sizes.push(...rows.map(({ size }) => size));
    }
    assert.deepEqual(sizes, [5, 4, 3, 2, 2]);
  });

  it('hold some images of a large group and the one to keep; the list and the decisions hold all', async () => {
    const { dataset, groups } = await copies(310);
    const [group] = groups;
    const { rows } = await dataset.duplicateGroups.page(ALL_GROUPS, PAGE);
    assert.deepEqual(
      [rows[0].size, rows[0].members.map(({ id }) => id)],
      [310, [...group.slice(0, 23), group.at(-1)!]],
    );
    const all = await dataset.duplicateGroups.all(ALL_GROUPS);
    assert.deepEqual(
      all[0].members.map(({ id }) => id),
      group,
    );
    assert.equal(duplicateList(all, 'txt').trim().split('\n').length, 309);
    assert.equal((await dataset.duplicateGroups.acceptAll(ALL_GROUPS))?.samples, 309);
    assert.equal((await dataset.duplicateGroups.page(ALL_GROUPS, PAGE)).removable, 309);
  });

  it('are up to date after a decision, its undo, a file that is gone, and for each scope of two panels', async () => {
    const { dataset, groups } = await copies(3, 2);
    const [first] = groups;
    const state = async (scope = ALL_GROUPS) => {
      const { rows, removable } = await dataset.duplicateGroups.page(scope, PAGE);
      return [rows.map(({ size, marked }) => `${marked}/${size}`).join(), removable];
    };
    const open = { ...ALL_GROUPS, open: true };
    assert.deepEqual(await state(), ['0/3,0/2', 0]);
    assert.deepEqual(await state(open), ['0/3,0/2', 0]);
    const [{ id }] = (await dataset.duplicateGroups.page(ALL_GROUPS, PAGE)).rows;
    await dataset.duplicateGroups.accept([{ group: id, keep: first[0] }]);
    assert.deepEqual(await state(), ['2/3,0/2', 2]);
    assert.deepEqual(await state(open), ['0/2', 2]);
    await dataset.tagging.undo();
    assert.deepEqual(await state(open), ['0/3,0/2', 0]);
    await dataset.tagging.redo();
    await dataset.commitIndex({ ...NO_CHANGE, missing: [first[1]] });
    assert.deepEqual(await state(), ['1/2,0/2', 1]);
    await dataset.commitIndex({ ...NO_CHANGE, found: [first[1]] });
    assert.deepEqual(await state(), ['2/3,0/2', 2]);
  });

  it('ask anew about a group of which the image to keep is gone, and let none of it go', async () => {
    const { dataset, groups } = await copies(3);
    const [[a, b, c]] = groups;
    await dataset.duplicateGroups.acceptAll(ALL_GROUPS);
    await dataset.commitIndex({ ...NO_CHANGE, missing: [c] });
    const open = await dataset.duplicateGroups.page({ ...ALL_GROUPS, open: true }, PAGE);
    assert.deepEqual([open.groups, open.removable, open.rows[0].marked], [1, 0, 2]);
    assert.deepEqual(await dataset.duplicateGroups.removable(), { files: [], kept: 2 });
    await dataset.duplicateGroups.acceptAll(ALL_GROUPS);
    const { files } = await dataset.duplicateGroups.removable();
    assert.deepEqual(
      files.map(({ id, staying }) => [id, staying]),
      [[b, ['0/100.jpg']]],
    );
    assert.ok(!files.some(({ id }) => id === a));
  });

  it('mark by the name that a person gave the tag, and once only', async () => {
    const { dataset } = await copies(2);
    await dataset.duplicateGroups.acceptAll(ALL_GROUPS);
    await dataset.tagging.change({ kind: 'rename', from: [TO_REMOVE], to: 'spare-copy' });
    assert.equal((await dataset.duplicateGroups.page(ALL_GROUPS, PAGE)).removable, 1);
    assert.equal(await dataset.duplicateGroups.acceptAll(ALL_GROUPS), null);
  });

  it('take for a mark only what a person said', async () => {
    const { dataset, groups } = await copies(2);
    const [[a]] = groups;
    await analyze(dataset, [analysisOf(a, [`duplicate:${TO_REMOVE}:99`], { contentHash: 'same-0' })], 'some-model');
    const { removable, rows } = await dataset.duplicateGroups.page(ALL_GROUPS, PAGE);
    assert.deepEqual([removable, rows[0].marked], [0, 0]);
  });

  it('of a scope under a filter are those with an image that passes, of which all images are decided', async () => {
    const { dataset, groups } = await copies(3, 2);
    const under = (text: string) => ({ ...ALL_GROUPS, filter: { ...NO_FILTER, expression: parseFilter(text) } });
    const only = { ...ALL_GROUPS, filter: { ...NO_FILTER, selection: Int32Array.of(groups[0][0]) } };
    assert.equal((await dataset.duplicateGroups.page(under('path:1/'), PAGE)).rows[0].size, 2);
    assert.equal((await dataset.duplicateGroups.page(only, PAGE)).rows[0].size, 3);
    const other = { ...ALL_GROUPS, filter: { ...NO_FILTER, selection: Int32Array.of(groups[1][0]) } };
    assert.equal((await dataset.duplicateGroups.page(other, PAGE)).rows[0].size, 2);
    assert.equal((await dataset.duplicateGroups.acceptAll(only))?.samples, 2);
    const { files } = await dataset.duplicateGroups.removable();
    assert.deepEqual(
      files.map(({ id }) => id),
      groups[0].slice(0, 2),
    );
  });
});

describe('splits', () => {
  afterEach(() => temporary.clean());

  it('are told by the first folder with such a name', async () => {
    const dataset = await temporary.dataset();
    const cases: Record<string, string> = {
      'train/x.jpg': 'train',
      'data/Training/y.jpg': 'train',
      'images/val2017/x.jpg': 'val',
      'dev/x.jpg': 'val',
      'a/validation/test/x.jpg': 'val',
      'testing/x.jpg': 'test',
      'contest/x.jpg': '',
      'train.jpg': '',
      'latest/x.jpg': '',
      'trainers/x.jpg': '',
    };
    await addSamples(dataset, Object.keys(cases));
    for (const split of ['train', 'val', 'test']) {
      const filter = { ...NO_FILTER, picks: { split: [split] } };
      const { rows } = await dataset.page(filter, { offset: 0, limit: 50, sort: 'path', descending: false });
      const expected = Object.keys(cases).filter((path) => cases[path] === split);
      assert.deepEqual(rows.map(({ path }) => path).sort(), expected.sort());
    }
    const facet = (await dataset.facets(NO_FILTER)).dimensions.find(({ name }) => name === 'split');
    assert.deepEqual(
      facet?.values.map(({ value, total }) => [value, total]),
      [
        ['train', 2],
        ['val', 3],
        ['test', 1],
      ],
    );
  });
});
