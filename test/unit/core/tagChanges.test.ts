import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/core/dataset';
import { openDatabase } from '../../../src/core/store/openDatabase';
import type { TagChange } from '../../../src/protocol/tagApi';
import { addSamples, analysisOf, analyze, tagsByPath, TemporaryDatasets } from './temporaryDataset';

const scope = (...ids: number[]) => ({ ids: Int32Array.from(ids) });
const rename = (from: string, to: string): TagChange => ({ kind: 'rename', from: [from], to });
const merge = (from: string[], to: string): TagChange => ({ kind: 'merge', from, to });
const remove = (...from: string[]): TagChange => ({ kind: 'delete', from, to: null });

describe('changes of tags in the whole dataset', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  /** a: cat by a person and a model, b: cat by a model, c: kitten by a person, d: nothing. */
  async function cats(): Promise<{ dataset: Dataset; ids: number[]; tags: () => Promise<Record<string, string>> }> {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b', 'c', 'd']);
    await analyze(dataset, [
      analysisOf(ids[0], ['object:cat:80']),
      analysisOf(ids[1], ['object:cat:60', 'object:dog:60']),
      analysisOf(ids[2], ['object:kitten:30']),
      analysisOf(ids[3]),
    ]);
    await dataset.tagging.decide(scope(ids[0]), ['cat'], 'approved');
    await dataset.tagging.decide(scope(ids[2]), ['kitten'], 'added');
    const tags = async () =>
      Object.fromEntries(
        Object.entries(await tagsByPath(dataset, ids)).map(([path, names]) => [path, names.join(' ')]),
      );
    return { dataset, ids, tags };
  }

  it('rename a tag, whoever gave it, and what models say from then on', async () => {
    const { dataset, ids, tags } = await cats();
    assert.deepEqual(await dataset.tagging.previewChange(rename('cat', ' Felis  Catus ')), {
      ...{ problem: null, to: 'felis catus', merges: false, samples: 2, byPerson: 1, conflicts: 0 },
      ...{ mappings: 0, savedViews: 0, examples: [ids[0], ids[1]] },
    });
    const operation = await dataset.tagging.change(rename('cat', 'Felis Catus'));
    assert.equal(operation?.title, 'Rename “cat” to “felis catus” on 2 images');
    assert.deepEqual(await tags(), { a: 'felis catus', b: 'dog felis catus', c: 'kitten', d: '' });
    await analyze(dataset, [analysisOf(ids[3], ['object:cat:90'])], 'moondream');
    await dataset.tagging.decide(scope(ids[1]), ['CAT'], 'removed');
    assert.deepEqual(await tags(), { a: 'felis catus', b: 'dog', c: 'kitten', d: 'felis catus' });
    const { name, isNew, suggestions } = await dataset.tagging.suggest('cat', 5);
    assert.deepEqual([name, isNew], ['felis catus', false]);
    assert.deepEqual(suggestions[0], { tag: 'felis catus', dimension: 'object', samples: 2, alias: 'cat' });
  });

  it('rename back and forth', async () => {
    const { dataset, tags } = await cats();
    const states = [await tags()];
    const names = ['cat', 'feline', 'cat', 'feline', 'puss', 'cat', 'puss'];
    for (let step = 1; step < names.length; step++) {
      const change = rename(names[step - 1], names[step]);
      const preview = await dataset.tagging.previewChange(change);
      assert.deepEqual([preview.problem, preview.to, preview.merges], [null, names[step], false]);
      await dataset.tagging.change(change);
      states.push(await tags());
      assert.deepEqual(states[step], { a: names[step], b: [names[step], 'dog'].sort().join(' '), c: 'kitten', d: '' });
    }
    for (let step = names.length - 1; step > 0; step--) {
      await dataset.tagging.undo();
      assert.deepEqual(await tags(), states[step - 1], `undo to ${names[step - 1]}`);
    }
    for (let step = 1; step < names.length; step++) {
      await dataset.tagging.redo();
      assert.deepEqual(await tags(), states[step], `redo to ${names[step]}`);
    }
  });

  it('change nothing when a tag gets its own name', async () => {
    const { dataset, tags } = await cats();
    const before = await tags();
    const { problem } = await dataset.tagging.previewChange(rename('cat', 'Cat '));
    assert.match(problem!, /is its name already/);
    assert.equal(await dataset.tagging.change(rename('cat', 'Cat ')), null);
    assert.deepEqual(await tags(), before);
    assert.equal((await dataset.tagging.history()).undo?.title, 'Add “kitten” to 1 image');
  });

  it('merge when the new name is taken, or an alias of another tag', async () => {
    const { dataset, tags } = await cats();
    await dataset.tagging.change(rename('dog', 'hound'));
    const preview = await dataset.tagging.previewChange(rename('cat', 'dog'));
    assert.deepEqual([preview.to, preview.merges, preview.samples], ['hound', true, 2]);
    await dataset.tagging.change(rename('cat', 'dog'));
    assert.deepEqual(await tags(), { a: 'hound', b: 'hound', c: 'kitten', d: '' });
    await dataset.tagging.undo();
    assert.deepEqual(await tags(), { a: 'cat', b: 'cat hound', c: 'kitten', d: '' });
    await dataset.tagging.undo();
    assert.deepEqual(await tags(), { a: 'cat', b: 'cat dog', c: 'kitten', d: '' });
  });

  it('merge three tags into one, and take that back', async () => {
    const { dataset, ids, tags } = await cats();
    const before = await tags();
    const change = merge(['cat', 'kitten', 'dog'], 'pet');
    const preview = await dataset.tagging.previewChange(change);
    assert.deepEqual([preview.samples, preview.byPerson, preview.merges], [3, 2, true]);
    const operation = await dataset.tagging.change(change);
    assert.equal(operation?.title, 'Merge “cat”, “kitten” and “dog” into “pet” on 3 images');
    assert.deepEqual(await tags(), { a: 'pet', b: 'pet', c: 'pet', d: '' });
    await dataset.tagging.decide(scope(ids[0]), ['pet'], 'removed');
    await dataset.tagging.decide(scope(ids[3]), ['kitten'], 'added');
    assert.deepEqual(await tags(), { a: '', b: 'pet', c: 'pet', d: 'pet' });
    const after = await tags();
    for (let step = 0; step < 3; step++) await dataset.tagging.undo();
    assert.deepEqual(await tags(), before);
    for (let step = 0; step < 3; step++) await dataset.tagging.redo();
    assert.deepEqual(await tags(), after);
  });

  it('keep what was given where another of the tags was removed, and tell how often that is', async () => {
    const { dataset, ids, tags } = await cats();
    const [a, b, c] = ids;
    await dataset.tagging.decide(scope(a, c), ['pet'], 'rejected');
    await dataset.tagging.decide(scope(c), ['kitten'], 'removed');
    await dataset.tagging.decide(scope(b), ['dog', 'pet'], 'added');
    await dataset.tagging.decide(scope(b), ['pet'], 'removed');
    const before = await tags();
    const change = merge(['cat', 'dog', 'kitten'], 'pet');
    assert.equal((await dataset.tagging.previewChange(change)).conflicts, 2);
    await dataset.tagging.change(change);
    assert.deepEqual(await tags(), { a: 'pet', b: 'pet', c: '', d: '' });
    await dataset.tagging.undo();
    assert.deepEqual(await tags(), before);
    await dataset.tagging.redo();
    assert.deepEqual(await tags(), { a: 'pet', b: 'pet', c: '', d: '' });
  });

  it('keep what was given under a name that becomes an alias, and what was removed where nothing was given', async () => {
    const { dataset, ids, tags } = await cats();
    const [a, b] = ids;
    await dataset.tagging.decide(scope(a, b), ['hound'], 'added');
    await dataset.tagging.decide(scope(b), ['hound'], 'removed');
    await dataset.tagging.decide(scope(a), ['dog'], 'added');
    await dataset.tagging.decide(scope(a), ['dog'], 'removed');
    await dataset.policy.setAlias('hound', 'dog');
    const after = await tags();
    assert.match(after['a'], /dog/);
    assert.doesNotMatch(after['b'], /dog|hound/);
    await dataset.policy.importMappings('provider,external_tag,action,tag\n,dog,alias,canine\n', { replace: false });
    assert.match((await tags())['a'], /canine/);
  });

  it('lose nothing by decisions under one name that were taken back', async () => {
    const { dataset, ids, tags } = await cats();
    const [a, , , d] = ids;
    await dataset.tagging.decide(scope(a, d), ['pet'], 'added');
    await dataset.tagging.undo(); // which withdraws, later than “cat” was given
    await dataset.tagging.change(rename('cat', 'pet'));
    assert.deepEqual(await tags(), { a: 'pet', b: 'dog pet', c: 'kitten', d: '' });
  });

  it('delete a tag for good, whatever models say, until it is given by hand', async () => {
    const { dataset, ids, tags } = await cats();
    const [a, b] = ids;
    assert.equal((await dataset.tagging.change(remove('cat')))?.title, 'Delete “cat” from 2 images');
    assert.deepEqual(await tags(), { a: '', b: 'dog', c: 'kitten', d: '' });
    await analyze(dataset, [analysisOf(a, ['object:cat:99']), analysisOf(b, ['object:cat:99'])], 'moondream');
    assert.deepEqual(await tags(), { a: '', b: 'dog', c: 'kitten', d: '' });
    assert(!(await dataset.tagging.suggest('cat', 5)).suggestions.some(({ tag }) => tag === 'cat'));
    assert.match((await dataset.tagging.previewChange(remove('cat'))).problem!, /no tag “cat”/);
    await assert.rejects(dataset.tagging.change(rename('cat', 'feline')), { code: 'tag-change' });
    await dataset.tagging.decide(scope(b), ['cat'], 'added');
    assert.deepEqual(await tags(), { a: '', b: 'cat dog', c: 'kitten', d: '' });
    await dataset.tagging.change(rename('cat', 'feline'));
    assert.deepEqual(await tags(), { a: '', b: 'dog feline', c: 'kitten', d: '' });
    await dataset.tagging.undo();
    assert.deepEqual(await tags(), { a: '', b: 'cat dog', c: 'kitten', d: '' });
    await dataset.tagging.undo();
    assert.deepEqual(await tags(), { a: '', b: 'dog', c: 'kitten', d: '' });
    await dataset.tagging.undo();
    assert.deepEqual(await tags(), { a: 'cat', b: 'cat dog', c: 'kitten', d: '' });
    assert.deepEqual((await dataset.sample(a))?.tagDetails[0].source, 'person');
  });

  it('make a deleted tag one again when another is renamed to it', async () => {
    const { dataset, tags } = await cats();
    await dataset.tagging.change(remove('kitten'));
    await dataset.tagging.change(rename('cat', 'kitten'));
    assert.deepEqual(await tags(), { a: 'kitten', b: 'dog kitten', c: '', d: '' });
    await dataset.tagging.undo();
    await dataset.tagging.undo();
    assert.deepEqual(await tags(), { a: 'cat', b: 'cat dog', c: 'kitten', d: '' });
    await dataset.tagging.redo();
    await dataset.tagging.redo();
    assert.deepEqual(await tags(), { a: 'kitten', b: 'dog kitten', c: '', d: '' });
  });

  it('refuse what cannot be', async () => {
    const { dataset, tags } = await cats();
    const before = await tags();
    const problems: [TagChange, RegExp][] = [
      [rename('unicorn', 'horse'), /no tag “unicorn”/],
      [rename('cat', 'a/b'), /has “\/” in it/],
      [rename('cat', 'none of these'), /stands for no tag/],
      [{ kind: 'rename', from: ['cat', 'dog'], to: 'pet' }, /one tag at a time/],
      [{ kind: 'rename', from: ['cat'], to: null }, /what the tag is to be called/],
      [remove('cat', 'unicorn'), /no tag “unicorn”/],
    ];
    for (const [change, message] of problems) {
      const preview = await dataset.tagging.previewChange(change);
      assert.match(preview.problem!, message);
      assert.equal(preview.samples, 0);
      await assert.rejects(dataset.tagging.change(change), { code: 'tag-change', message });
    }
    assert.deepEqual(await tags(), before);
  });

  it('carry implications over, and refuse circles', async () => {
    const { dataset, ids } = await cats();
    await dataset.tagging.decide(scope(ids[3]), ['animal'], 'added');
    await dataset.close();
    const connection = await openDatabase(dataset.location.database);
    await connection.session.run(`INSERT INTO tags (name, dimension) SELECT 'dog', 'object'`);
    await connection.session.run(`UPDATE tags SET implies = ['animal'] WHERE name = 'dog'`);
    await connection.session.run(`UPDATE tags SET implies = ['pet'] WHERE name = 'animal'`);
    connection.close();
    const again = await temporary.dataset(dataset.location);
    await again.tagging.change(rename('dog', 'hound'));
    assert.deepEqual((await tagsByPath(again, ids))['b'], ['animal', 'cat', 'hound', 'pet']);
    const { tags: listed } = await again.tagging.tagList({ text: 'dog', sort: 'tag', offset: 0, limit: 10 });
    assert.deepEqual(
      listed.map(({ tag, aliases, implies }) => [tag, aliases, implies]),
      [['hound', ['dog'], ['animal']]],
    );
    const circle = merge(['hound', 'pet'], 'hound');
    assert.match((await again.tagging.previewChange(circle)).problem!, /would bring itself along/);
    await assert.rejects(again.tagging.change(circle), { code: 'tag-change' });
    await again.tagging.change(merge(['hound', 'animal'], 'hound'));
    assert.deepEqual((await tagsByPath(again, ids))['b'], ['cat', 'hound', 'pet']);
    await again.tagging.undo();
    await again.tagging.undo();
    assert.deepEqual((await tagsByPath(again, ids))['b'], ['animal', 'cat', 'dog', 'pet']);
  });

  it('count the mappings and saved views that name a tag', async () => {
    const { dataset } = await cats();
    const settings = { sort: 'path', descending: false, groupBy: null, mapModel: null, colorBy: null } as const;
    await dataset.search.saveView('one', { ...settings, columns: [], text: 'tag:CAT width>10', picks: {} }, false);
    await dataset.search.saveView('two', { ...settings, columns: [], text: '', picks: { object: ['cat'] } }, false);
    await dataset.search.saveView(
      'three',
      { ...settings, columns: [], text: 'tag:catalogue', picks: { object: ['dog'] } },
      false,
    );
    await dataset.close();
    const connection = await openDatabase(dataset.location.database);
    await connection.session.run(`INSERT INTO tag_mappings VALUES ('', 'felid', 'map', 'cat', NULL, 1)`);
    await connection.session.run(`INSERT INTO tag_mappings VALUES ('', 'canid', 'map', 'dog', NULL, 1)`);
    connection.close();
    const again = await temporary.dataset(dataset.location);
    const { mappings, savedViews } = await again.tagging.previewChange(rename('cat', 'feline'));
    assert.deepEqual([mappings, savedViews], [1, 2]);
    await again.tagging.change(rename('cat', 'feline'));
    const next = await again.tagging.previewChange(rename('feline', 'puss'));
    assert.deepEqual([next.mappings, next.savedViews], [1, 2]);
  });
});
