import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/core/dataset';
import { parseFilter } from '../../../src/core/filter/parseFilter';
import type { ReviewItems, ReviewScope } from '../../../src/core/review';
import { NO_FILTER } from '../../../src/core/sampleFilter';
import { NO_ANSWER } from '../../../src/protocol/vocabulary';
import { addSamples, analysisOf, analyze, codePairs, NO_CHANGE, TemporaryDatasets } from './temporaryDataset';

const ALL: ReviewScope = { tag: null, provider: null, filter: null };
const rule = { dimension: '', threshold: null, autoApprove: null, holdUnmapped: null };

describe('the review', function () {
  this.timeout(60_000);
  const temporary = new TemporaryDatasets();
  let dataset: Dataset;
  let ids: number[];
  beforeEach(async () => {
    dataset = await temporary.dataset();
    ids = await addSamples(dataset, ['a', 'b', 'c', 'd', 'e']);
  });
  afterEach(() => temporary.clean());

  /** What a model says of the samples in turn: `dimension:tag:score`, several with a comma between them. */
  const say = (provider: string, texts: readonly (string | null)[], hash?: (index: number) => string) =>
    analyze(
      dataset,
      texts.flatMap((text, index) =>
        text === null
          ? []
          : [
              analysisOf(ids[index], text.split(', '), {
                contentHash: hash?.(index) ?? `hash-${ids[index]}`,
              }),
            ],
      ),
      provider,
    );
  const hold = (...providers: string[]) =>
    dataset.policy.set(
      providers.map((provider) => ({ ...rule, provider, autoApprove: false })),
      null,
    );
  /** `path tag confidence provider`, with a star where it is a tag already. */
  const shown = ({ ids: samples, tags, tagNames, confidences, providers, providerNames, inUse }: ReviewItems) =>
    [...samples].map((id, i) => {
      const path = 'abcde'[ids.indexOf(id)];
      return `${path} ${tagNames[tags[i]]} ${confidences[i]} ${providerNames[providers[i]]}${inUse[i] ? ' *' : ''}`;
    });
  const items = async (scope: Partial<ReviewScope> = {}, order: 'useful' | 'confident' | 'unsure' = 'useful') =>
    shown(await dataset.review.items({ ...ALL, ...scope, order }));
  const decide = (letters: string, tag: string, action: 'added' | 'approved' | 'rejected' | 'removed') =>
    dataset.tagging.decide({ ids: Int32Array.from(letters, (letter) => ids['abcde'.indexOf(letter)]) }, [tag], action);
  const where = (text: string) => ({ ...NO_FILTER, expression: parseFilter(text, []) });

  it('has what waits and what the policy approves, the nearest to the threshold first', async () => {
    await say('builtin', ['attribute:crowded:60', 'attribute:crowded:51', 'attribute:crowded:49', null, null]);
    await say('clip', ['attribute:boat:90, attribute:car:52', 'attribute:boat:70', null, null, null]);
    await hold('clip');
    assert.deepEqual(await items(), [
      'b crowded 51 builtin *',
      'a car 52 clip',
      'a crowded 60 builtin *',
      'b boat 70 clip',
      'a boat 90 clip',
    ]);
    assert.deepEqual((await items({}, 'confident')).slice(0, 2), ['a boat 90 clip', 'b boat 70 clip']);
    assert.deepEqual((await items({}, 'unsure')).slice(0, 2), ['b crowded 51 builtin *', 'a car 52 clip']);
    assert.deepEqual(await items({ tag: 'boat', filter: where('path:b') }), ['b boat 70 clip']);
    assert.deepEqual(await items({ provider: 'builtin' }), ['b crowded 51 builtin *', 'a crowded 60 builtin *']);
  });

  it('puts first what models disagree on', async () => {
    await say('moondream', [
      'setting:indoor:80',
      'setting:indoor:80',
      'setting:indoor:80',
      'attribute:boat:80',
      'attribute:boat:80',
    ]);
    await say('clip', [`setting:${NO_ANSWER}:60`, 'setting:indoor:70', null, 'attribute:boat:70', 'attribute:car:50']);
    assert.deepEqual(await items({ provider: 'moondream' }), [
      'a indoor 80 moondream *',
      'e boat 80 moondream *',
      'b indoor 80 moondream *',
      'c indoor 80 moondream *',
      'd boat 80 moondream *',
    ]);
  });

  it('puts first what stands for many alike', async () => {
    await say(
      'builtin',
      ['attribute:boat:80', 'attribute:boat:80', 'attribute:boat:80', 'attribute:boat:80', 'attribute:car:80'],
      (index) => (index === 1 || index === 4 ? 'same' : `hash-${index}`),
    );
    const run = await dataset.beginRun({ kind: 'embed', model: 'visual-look', settings: {} });
    const near = [[ids[2], ids[3], 3] as const, [ids[1], ids[2], 4] as const];
    await dataset.saveDuplicates(run, [codePairs(near)]);
    assert.deepEqual(await items({ provider: 'builtin' }), [
      'c boat 80 builtin *',
      'b boat 80 builtin *',
      'd boat 80 builtin *',
      'a boat 80 builtin *',
      'e car 80 builtin *',
    ]);
  });

  it('counts what is done by tag and by sample, and leaves missing samples out', async () => {
    await say('builtin', [
      'attribute:boat:80',
      'attribute:boat:80',
      'attribute:boat:80',
      'attribute:boat:80',
      'attribute:car:80',
    ]);
    await say('clip', ['setting:indoor:80', null, null, null, null]);
    await hold('builtin');
    await decide('a', 'boat', 'approved');
    await decide('b', 'boat', 'rejected');
    await decide('c', 'boat', 'added');
    await decide('c', 'bridge', 'added');
    await dataset.commitIndex({ ...NO_CHANGE, missing: [ids[3]] });
    const all = await dataset.review.tags({ provider: null, filter: null });
    assert.deepEqual(all, {
      undecided: 2,
      decided: 3,
      samples: 4,
      samplesDone: 2,
      tags: [
        { tag: 'car', dimension: 'attribute', undecided: 1, inUse: 0, approved: 0, rejected: 0 },
        { tag: 'indoor', dimension: 'setting', undecided: 1, inUse: 1, approved: 0, rejected: 0 },
        { tag: 'boat', dimension: 'attribute', undecided: 0, inUse: 0, approved: 2, rejected: 1 },
      ],
      providers: ['builtin', 'clip'],
    });
    const some = await dataset.review.tags({ provider: 'clip', filter: where('path:a') });
    assert.deepEqual([some.undecided, some.decided, some.samples, some.samplesDone], [1, 0, 1, 0]);
    assert.deepEqual(some.providers, ['builtin', 'clip']);
  });

  it('does not ask about what comes along with another tag', async () => {
    await say('builtin', ['attribute:boat:80', null, null, null, null]);
    await dataset.policy.setImplications('boat', ['vehicle']);
    assert.deepEqual((await dataset.sample(ids[0]))?.tags, ['boat', 'vehicle']);
    assert.deepEqual(await items(), ['a boat 80 builtin *']);
  });

  it('approves from a confidence on and rejects below one, each as one operation', async () => {
    await say('builtin', ['attribute:boat:90', 'attribute:boat:80', 'attribute:boat:60', 'attribute:car:95', null]);
    await hold('builtin');
    const decision = { ...ALL, tag: 'boat', confidence: 80 };
    const approved = await dataset.review.decideByConfidence({ ...decision, action: 'approved' });
    assert.equal(approved?.samples, 2);
    const rejected = await dataset.review.decideByConfidence({ ...decision, action: 'rejected' });
    assert.equal(rejected?.samples, 1);
    assert.equal(await dataset.review.decideByConfidence({ ...decision, action: 'rejected' }), null);
    assert.deepEqual(await items(), ['d car 95 builtin']);
    assert.deepEqual(
      (await dataset.samplesByIds(ids)).map(({ tags }) => tags.join()),
      ['boat', 'boat', '', '', ''],
    );
    await dataset.tagging.undo();
    await dataset.tagging.undo();
    assert.equal((await items()).length, 4);
  });

  it('counts scores after the mapping, the best answer of each question, beside what people said', async () => {
    await say('clip', [
      'setting:indoor:80, setting:outdoor:20',
      `setting:${NO_ANSWER}:90, setting:indoor:10`,
      'setting:indoor:99.7',
      'attribute:boat:100',
      null,
    ]);
    await say('builtin', ['setting:indoor:33', null, null, null, null]);
    await decide('a', 'indoor', 'rejected');
    await decide('c', 'indoor', 'approved');
    const filled = (values: Int32Array) =>
      [...values].flatMap((count, score) => (count > 0 ? [`${score}: ${count}`] : []));
    const scope = { ...ALL, provider: 'clip', dimension: null };
    const { given, approved, rejected } = await dataset.review.scores(scope);
    assert.equal(given.length, 101);
    assert.deepEqual([given, approved, rejected].map(filled), [['80: 1', '99: 1', '100: 1'], ['99: 1'], ['80: 1']]);
    assert.deepEqual(filled((await dataset.review.scores({ ...scope, dimension: 'setting' })).given), [
      '80: 1',
      '99: 1',
    ]);
    assert.deepEqual(
      filled((await dataset.review.scores({ ...scope, tag: 'boat', filter: where('path:a') })).given),
      [],
    );
    assert.deepEqual(filled((await dataset.review.scores({ ...scope, provider: null })).given), [
      '33: 1',
      '80: 1',
      '99: 1',
      '100: 1',
    ]);
  });

  it('tells by model and tag how suggestions turned out, with the threshold in force', async () => {
    await say('builtin', ['attribute:boat:90', 'attribute:boat:80', 'attribute:boat:60', 'attribute:boat:30', null]);
    await say('clip', ['attribute:boat:70', null, null, 'attribute:boat:70', null]);
    await hold('builtin', 'clip');
    await decide('a', 'boat', 'approved');
    await decide('b', 'boat', 'rejected');
    await decide('e', 'boat', 'added');
    assert.deepEqual(await dataset.review.acceptance(), [
      {
        provider: 'builtin',
        tag: 'boat',
        dimension: 'attribute',
        threshold: 50,
        approved: 1,
        rejected: 1,
        undecided: 1,
      },
      { provider: 'clip', tag: 'boat', dimension: 'attribute', threshold: 50, approved: 1, rejected: 0, undecided: 1 },
    ]);
  });

  it('has nothing to say of an empty dataset', async () => {
    assert.deepEqual(await items(), []);
    assert.deepEqual(await dataset.review.tags({ provider: null, filter: null }), {
      ...{ undecided: 0, decided: 0, samples: 0, samplesDone: 0 },
      ...{ tags: [], providers: [] },
    });
    assert.deepEqual(await dataset.review.acceptance(), []);
  });
});
