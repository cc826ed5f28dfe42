import assert from 'node:assert/strict';
import type { Dataset, DecisionAction } from '../../../src/core/dataset';
import { NO_FILTER } from '../../../src/core/sampleFilter';
import { parseFilter } from '../../../src/core/filter/parseFilter';
import { NO_ANSWER } from '../../../src/protocol/vocabulary';
import { addSamples, analysisOf, analyze, tagsByPath, TemporaryDatasets } from './temporaryDataset';

const scope = (...ids: number[]) => ({ ids: Int32Array.from(ids) });

describe('tagging by hand', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  async function threeImages(): Promise<{ dataset: Dataset; a: number; b: number; c: number; ids: number[] }> {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b', 'c']);
    await analyze(dataset, [
      analysisOf(ids[0], ['lighting:dark:80', 'color:red:70']),
      analysisOf(ids[1], ['lighting:dark:60']),
      analysisOf(ids[2]),
    ]);
    const [a, b, c] = ids;
    return { dataset, a, b, c, ids };
  }

  async function decisionCount(dataset: Dataset): Promise<number> {
    let count = 0;
    for await (const rows of dataset.tagging.decisionLog()) count += rows.length;
    return count;
  }

  it('gives several tags to several images as one operation', async () => {
    const { dataset, a, c, ids } = await threeImages();
    const operation = await dataset.tagging.decide(scope(a, c), ['Mine ', 'my  OTHER', 'mine'], 'added');
    assert.equal(operation?.title, 'Add “mine” and “my other” to 2 images');
    assert.equal(operation.samples, 2);
    assert.deepEqual(await tagsByPath(dataset, ids), {
      a: ['dark', 'mine', 'my other', 'red'],
      b: ['dark'],
      c: ['mine', 'my other'],
    });
    assert.equal(await decisionCount(dataset), 4);
  });

  it('takes all images that pass a filter', async () => {
    const { dataset, ids } = await threeImages();
    const filter = { ...NO_FILTER, expression: parseFilter('tag:dark') };
    const operation = await dataset.tagging.decide({ filter }, ['dark'], 'removed');
    assert.equal(operation?.title, 'Remove “dark” from 2 images');
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['red'], b: [], c: [] });
    assert.deepEqual(await dataset.tagging.tagsOf({ filter: NO_FILTER }), {
      total: 3,
      tags: [{ tag: 'red', dimension: 'color', samples: 1 }],
    });
  });

  it('appends nothing where nothing changes', async () => {
    const { dataset, a, b } = await threeImages();
    assert.equal((await dataset.tagging.decide(scope(a, b), ['mine'], 'added'))?.samples, 2);
    assert.equal(await dataset.tagging.decide(scope(a), ['mine'], 'added'), null);
    assert.equal(await dataset.tagging.decide(scope(b), ['mine'], 'approved'), null);
    assert.equal(await decisionCount(dataset), 2);
    assert.equal((await dataset.tagging.decide(scope(a, b), ['dark'], 'rejected'))?.samples, 2);
    assert.equal(await dataset.tagging.decide(scope(a, b), ['dark'], 'removed'), null);
    assert.equal((await dataset.tagging.decide(scope(a, b, 999), ['dark'], 'added'))?.samples, 2);
    assert.equal(await dataset.tagging.decide(scope(999), ['dark'], 'added'), null);
  });

  it('removes a tag only from images that have it or for which it is suggested', async () => {
    const { dataset, a, b } = await threeImages();
    await dataset.tagging.decide(scope(a), ['mine'], 'added');
    const removed = await dataset.tagging.decide(scope(a, b), ['mine'], 'removed');
    assert.deepEqual([removed?.samples, removed?.title], [1, 'Remove “mine” from 1 image']);
    assert.equal(await dataset.tagging.decide(scope(b), ['mine'], 'removed'), null);
  });

  it('names the one image and few of many tags in its titles', async () => {
    const { dataset, a } = await threeImages();
    const title = async (tags: string[], action: DecisionAction) =>
      (await dataset.tagging.decide(scope(a), tags, action))?.title;
    assert.equal(await title(['dark'], 'approved'), 'Approve “dark” on 1 image');
    assert.equal(await title(['red'], 'rejected'), 'Reject “red” on 1 image');
    assert.equal(await title(['b1', 'b2', 'b3', 'b4', 'b5'], 'added'), 'Add “b1”, “b2”, “b3” and 2 more to 1 image');
  });

  it('approves and rejects single suggestions as one operation', async () => {
    const { dataset, a, b, ids } = await threeImages();
    const operation = await dataset.tagging.decideEach({
      ids: Int32Array.of(a, a, b),
      tags: Int32Array.of(0, 1, 0),
      tagNames: ['dark', 'red'],
      approved: Uint8Array.of(1, 0, 0),
    });
    assert.equal(operation?.title, 'Approve 1 and reject 2 suggestions');
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['dark'], b: [], c: [] });
    assert.equal((await dataset.tagging.undo())?.id, operation.id);
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['dark', 'red'], b: ['dark'], c: [] });
  });

  describe('names', () => {
    for (const [text, problem] of [
      ['', /needs a name/],
      [' \n ', /needs a name/],
      ['x', /too short.*at least 2/],
      ['x'.repeat(51), /too long.*at most 50/],
      ['a/b', /has “\/” in it/],
      ['--', /letter or digit/],
      ['🌸🌸', /in it/],
      [NO_ANSWER, /stands for no tag/],
    ] as const) {
      it(`refuse ${JSON.stringify(text.slice(0, 10))} with a message`, async () => {
        const { dataset, a } = await threeImages();
        await assert.rejects(dataset.tagging.decide(scope(a), ['fine', text], 'added'), {
          code: 'tag-name',
          message: problem,
        });
        assert.equal(await decisionCount(dataset), 0);
        const { name, problem: shown, isNew } = await dataset.tagging.suggest(text, 5);
        assert.equal(name, null);
        assert.match(shown!, problem);
        assert.equal(isNew, false);
      });
    }

    it('are normalised, in any script', async () => {
      const { dataset, c, ids } = await threeImages();
      await dataset.tagging.decide(scope(c), [' Cafe\u0301  au   LAIT', '夜景', 'İstanbul-2', 'हिन्दी'], 'added');
      const { c: tags } = await tagsByPath(dataset, ids);
      assert.deepEqual(tags, ['café au lait', 'i̇stanbul-2'.normalize('NFC'), 'हिन्दी', '夜景']);
      assert.equal(await dataset.tagging.decide(scope(c), ['CAFÉ AU LAIT'], 'added'), null);
    });

    it('that models have given are taken as they are, new ones are not', async () => {
      const { dataset, a, c, ids } = await threeImages();
      await analyze(dataset, [analysisOf(a, ['attribute:^_^:90', 'attribute:1girl:90'])], 'wd');
      await dataset.tagging.decide(scope(a), ['^_^'], 'approved');
      await dataset.tagging.decide(scope(c), ['^_^'], 'added');
      await dataset.tagging.decide(scope(a), ['^_^'], 'removed');
      assert.deepEqual(await tagsByPath(dataset, ids), { a: ['1girl', 'dark', 'red'], b: ['dark'], c: ['^_^'] });
      await assert.rejects(dataset.tagging.decide(scope(a), ['o_o'], 'added'), { code: 'tag-name' });
    });

    it('give a tag the dimension of the vocabulary, of models, or the one told', async () => {
      const { dataset, a, b, c } = await threeImages();
      await analyze(dataset, [analysisOf(a, ['scene:beach:20'])], 'moondream');
      await dataset.tagging.decide(scope(c), ['night', 'beach', 'mine'], 'added');
      await dataset.tagging.decide(scope(b), ['yours'], 'added', 'object');
      const dimensions = Object.fromEntries(
        [...(await dataset.sample(b))!.tagDetails, ...(await dataset.sample(c))!.tagDetails].map((detail) => [
          detail.tag,
          detail.dimension,
        ]),
      );
      const expected = { dark: 'lighting', yours: 'object', beach: 'scene', mine: 'other', night: 'weather' };
      assert.deepEqual(dimensions, expected);
    });
  });

  describe('undo and redo', () => {
    it('go back and forth, through a reopening', async () => {
      const { dataset, a, b, c, ids } = await threeImages();
      const states = [await tagsByPath(dataset, ids)];
      const titles: string[] = [];
      const steps: [number[], string, DecisionAction][] = [
        [[a, b, c], 'mine', 'added'],
        [[a, b], 'dark', 'removed'],
        [[a], 'dark', 'added'],
        [[b, c], 'mine', 'removed'],
        [[a], 'red', 'approved'],
      ];
      for (const [some, tag, action] of steps) {
        titles.push((await dataset.tagging.decide(scope(...some), [tag], action))!.title);
        states.push(await tagsByPath(dataset, ids));
      }
      let current = dataset;
      const reopen = async () => {
        await current.close();
        current = await temporary.dataset(current.location);
      };
      for (let round = 0; round < 2; round++) {
        for (let step = steps.length; step > 0; step--) {
          const { undo } = await current.tagging.history();
          assert.equal(undo?.title, titles[step - 1]);
          assert.deepEqual(await current.tagging.undo(), undo);
          assert.deepEqual(await tagsByPath(current, ids), states[step - 1], `undo to ${step - 1}`);
          if (step === 3) await reopen();
        }
        assert.equal(await current.tagging.undo(), null);
        for (let step = 0; step < steps.length; step++) {
          assert.equal((await current.tagging.history()).redo?.title, titles[step]);
          assert.equal((await current.tagging.redo())?.title, titles[step]);
          assert.deepEqual(await tagsByPath(current, ids), states[step + 1], `redo to ${step + 1}`);
          if (step === 2) await reopen();
        }
        assert.equal(await current.tagging.redo(), null);
      }
      assert.equal((await current.sample(a))!.tagDetails.find(({ tag }) => tag === 'red')?.source, 'person');
    });

    it('forget what was undone when something else is done', async () => {
      const { dataset, a, ids } = await threeImages();
      await dataset.tagging.decide(scope(a), ['one'.repeat(2)], 'added');
      await dataset.tagging.decide(scope(a), ['two'], 'added');
      await dataset.tagging.undo();
      await dataset.tagging.decide(scope(a), ['three'], 'added');
      const { undo, redo } = await dataset.tagging.history();
      assert.equal(undo?.title, 'Add “three” to 1 image');
      assert.equal(redo, null);
      await dataset.tagging.undo();
      await dataset.tagging.undo();
      assert.equal(await dataset.tagging.undo(), null);
      assert.deepEqual((await tagsByPath(dataset, ids))['a'], ['dark', 'red']);
    });

    it('only ever append decisions', async () => {
      const { dataset, a } = await threeImages();
      await dataset.tagging.decide(scope(a), ['dark'], 'removed');
      await dataset.tagging.undo();
      await dataset.tagging.redo();
      const log: unknown[] = [];
      for await (const rows of dataset.tagging.decisionLog()) {
        log.push(...rows.map(({ action, cause, operation }) => [action, cause, operation]));
      }
      assert.deepEqual(log, [
        ['removed', 'do', 1],
        ['withdrawn', 'undo', 1],
        ['removed', 'redo', 1],
      ]);
    });

    it('leave what models say to the models', async () => {
      const { dataset, a, ids } = await threeImages();
      await dataset.tagging.decide(scope(a), ['red'], 'removed');
      await analyze(dataset, [analysisOf(a, ['color:red:99', 'lighting:bright:90'])]);
      assert.deepEqual((await tagsByPath(dataset, ids))['a'], ['bright']);
      await dataset.tagging.undo();
      assert.deepEqual((await tagsByPath(dataset, ids))['a'], ['bright', 'red']);
    });

    it('take a name that nobody needs any more with them', async () => {
      const { dataset, a } = await threeImages();
      await dataset.tagging.decide(scope(a), ['mistake'], 'added');
      assert.equal((await dataset.tagging.suggest('mist', 5)).suggestions.length, 1);
      await dataset.tagging.undo();
      assert.deepEqual((await dataset.tagging.suggest('mist', 5)).suggestions, []);
      assert.equal((await dataset.tagging.suggest('mistake', 5)).isNew, true);
      await dataset.tagging.redo();
      assert.equal((await dataset.tagging.suggest('mist', 5)).suggestions[0].samples, 1);
    });

    it('are refused for a dataset that is read only', async () => {
      const { dataset, a } = await threeImages();
      await dataset.tagging.decide(scope(a), ['mine'], 'added');
      await dataset.close();
      const reader = await temporary.dataset(dataset.location, 'read');
      const readOnly = { code: 'read-only' };
      assert.equal((await reader.tagging.history()).undo?.title, 'Add “mine” to 1 image');
      assert.equal((await reader.tagging.suggest('mi', 5)).suggestions[0].tag, 'mine');
      await assert.rejects(reader.tagging.undo(), readOnly);
      await assert.rejects(reader.tagging.redo(), readOnly);
      await assert.rejects(reader.tagging.decide(scope(a), ['mine'], 'removed'), readOnly);
      await assert.rejects(reader.tagging.change({ kind: 'delete', from: ['mine'], to: null }), readOnly);
    });
  });

  it('says who said so, in which run and since when', async () => {
    const { dataset, a } = await threeImages();
    const before = new Date().toISOString();
    await dataset.tagging.decide(scope(a), ['dark'], 'approved');
    await dataset.tagging.decide(scope(a), ['blurry'], 'rejected');
    const { tagDetails, decisions, pending } = (await dataset.sample(a))!;
    const [dark, red] = tagDetails;
    assert.deepEqual([dark.tag, dark.source, dark.runId, dark.impliedBy], ['dark', 'person', null, null]);
    assert(dark.since! >= before && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(dark.since!), dark.since!);
    assert.deepEqual([red.tag, red.source, red.runId], ['red', 'builtin', 1]);
    assert(red.since! < dark.since!);
    assert.deepEqual(pending, []);
    assert.deepEqual(
      decisions.map(({ tag, action, dimension }) => [tag, action, dimension]),
      [
        ['blurry', 'rejected', 'clarity'],
        ['dark', 'approved', 'lighting'],
      ],
    );
  });
});
