import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/core/dataset';
import { NO_ANSWER } from '../../../src/protocol/vocabulary';
import type { ModelAnswer } from '../../../src/protocol/workerApi';
import { addSamples, analysisOf, analyze, NO_CHANGE, tagsByPath, TemporaryDatasets } from './temporaryDataset';

const CLIP = 'clip-test';

/** What a model could have said of a sample. `tags` are `dimension:tag:score`. */
function answerOf(id: number, tags: readonly string[], other: Partial<ModelAnswer> = {}): ModelAnswer {
  return { ok: true, id, predictions: analysisOf(id, tags).predictions, caption: null, vector: null, ...other };
}

interface Run {
  model?: string;
  revision?: string;
  /** Name → version of the vocabulary. */
  dimensions?: Record<string, string>;
  freeTags?: number;
  caption?: boolean;
  vector?: boolean;
}

const settingsOf = ({ revision = '1', dimensions = {}, freeTags = 0, caption = false, vector = false }: Run) => ({
  revision,
  dimensions: Object.fromEntries(Object.entries(dimensions).map(([name, version]) => [name, { version }])),
  freeTags,
  caption,
  vector,
});

/** A run of a model from beginning to end, as the jobs do it. */
async function ask(dataset: Dataset, run: Run, answers: readonly ModelAnswer[]): Promise<number> {
  const { model = CLIP, revision = '1', dimensions = {}, freeTags = 0, caption = false, vector = false } = run;
  await dataset.useModel({ name: model, revision, licence: 'MIT', threshold: 60 });
  const id = await dataset.beginRun({ kind: 'tag', model, settings: settingsOf(run) });
  const asked = { model, dimensions: Object.keys(dimensions), freeTags: freeTags > 0, caption, vector };
  await dataset.commitModelAnswers(id, asked, answers);
  await dataset.endRun(id, 'done', { processed: answers.length, failed: 0, error: null });
  return id;
}

async function pending(dataset: Dataset, run: Run): Promise<string> {
  const { model = CLIP, revision = '1', dimensions = {}, freeTags = 0, caption = false, vector = false } = run;
  const wanted = Object.entries(dimensions).map(([name, version]) => ({ name, version }));
  const options = { model, revision, dimensions: wanted, freeTags, caption, vector, retry: 'due' } as const;
  return (await dataset.modelPending(options)).map(({ path }) => path).join('');
}

describe('answers of models', function () {
  this.timeout(60_000);
  const temporary = new TemporaryDatasets();
  let dataset: Dataset;
  let a: number;
  let b: number;
  beforeEach(async () => {
    dataset = await temporary.dataset();
    [a, b] = (await addSamples(dataset, ['a', 'b'])) as [number, number];
  });
  afterEach(() => temporary.clean());

  const said = async (id: number) =>
    (await dataset.sample(id))!.predictions.map(({ model, dimension, tag, score }) =>
      [model, dimension, tag, score].join(':'),
    );

  it('give the best answer from the threshold on, and none where none of these won', async () => {
    await ask(dataset, { dimensions: { weather: 'v1', setting: 'v1' } }, [
      answerOf(a, ['weather:sunny:61', 'weather:rainy:30', `weather:${NO_ANSWER}:9`, 'setting:indoor:55']),
      answerOf(b, ['weather:sunny:20', `weather:${NO_ANSWER}:80`, 'setting:outdoor:90']),
    ]);
    assert.deepEqual(await tagsByPath(dataset, [a, b]), { a: ['sunny'], b: ['outdoor'] });
    assert.deepEqual(await said(b), [
      'clip-test:setting:outdoor:90',
      `clip-test:weather:${NO_ANSWER}:80`,
      'clip-test:weather:sunny:20',
    ]);
    assert.deepEqual(await dataset.tagCounts(), { outdoor: 1, sunny: 1 });
    assert.equal((await dataset.counts()).completed, 2);
  });

  it('let none of these beat an answer that reaches a low threshold', async () => {
    await dataset.policy.setInherited({ thresholds: { [CLIP]: 10 }, maxTags: 10 });
    await ask(dataset, { dimensions: { weather: 'v1' } }, [
      answerOf(a, [`weather:${NO_ANSWER}:50`, 'weather:sunny:49']),
      answerOf(b, [`weather:${NO_ANSWER}:49`, 'weather:sunny:50']),
    ]);
    assert.deepEqual(await tagsByPath(dataset, [a, b]), { a: [], b: ['sunny'] });
    await assert.rejects(dataset.tagging.decide({ ids: Int32Array.of(a) }, [NO_ANSWER], 'added', null), {
      code: 'tag-name',
    });
  });

  it('replace what the same model answered to the same questions, and nothing else', async () => {
    await analyze(dataset, [analysisOf(a, ['lighting:dark:90'])]);
    await ask(dataset, { model: 'other', dimensions: { setting: 'v1' } }, [answerOf(a, ['setting:outdoor:70'])]);
    await ask(dataset, { dimensions: { setting: 'v1', weather: 'v1' } }, [
      answerOf(a, ['setting:indoor:80', 'weather:sunny:70']),
    ]);
    await ask(dataset, { dimensions: { weather: 'v2' } }, [answerOf(a, ['weather:stormy:95'])]);
    assert.deepEqual(await said(a), [
      'clip-test:weather:stormy:95',
      'builtin:lighting:dark:90',
      'clip-test:setting:indoor:80',
      'other:setting:outdoor:70',
    ]);
    assert.deepEqual(await tagsByPath(dataset, [a]), { a: ['dark', 'indoor', 'stormy'] });
  });

  it('are pending by question: only a changed or new one is asked again', async () => {
    const first = { dimensions: { setting: 'v1', 'time of day': 'v1' } };
    assert.equal(await pending(dataset, first), 'ab');
    await ask(dataset, first, [answerOf(a, ['setting:indoor:80', `time of day:${NO_ANSWER}:80`])]);
    assert.equal(await pending(dataset, first), 'b');
    assert.equal(await pending(dataset, { dimensions: { 'time of day': 'v2' } }), 'ab');
    await ask(dataset, { dimensions: { 'time of day': 'v2' } }, [answerOf(a, ['time of day:dawn:80'])]);
    assert.equal(await pending(dataset, { dimensions: { setting: 'v1', 'time of day': 'v2' } }), 'b');
    const options = {
      model: CLIP,
      revision: '1',
      freeTags: 2,
      caption: true,
      vector: false,
      retry: 'due',
    } as const;
    const lacking = await dataset.modelPending({
      ...options,
      dimensions: [
        { name: 'setting', version: 'v1' },
        { name: 'time of day', version: 'v3' },
      ],
    });
    assert.deepEqual(
      lacking.map(({ dimensions, freeTags, caption, vector }) => [dimensions, freeTags, caption, vector]),
      [
        [['time of day'], true, true, false],
        [['setting', 'time of day'], true, true, false],
      ],
    );
    assert.equal(await pending(dataset, { dimensions: { setting: 'v1', 'time of day': 'v1' } }), 'ab');
    assert.equal(await pending(dataset, { ...first, revision: '2' }), 'ab');
    assert.equal(await pending(dataset, { ...first, model: 'other' }), 'ab');
    assert.equal(await pending(dataset, {}), '');
  });

  it('are pending anew when a file has changed, and not at all when it is gone or cannot be used', async () => {
    const run = { dimensions: { setting: 'v1' } };
    await ask(
      dataset,
      run,
      [a, b].map((id) => answerOf(id, ['setting:indoor:80'])),
    );
    await dataset.commitIndex({ ...NO_CHANGE, changed: [{ id: a, size: 1, mtimeMs: 1 }] });
    assert.equal(await pending(dataset, run), 'a');
    await dataset.commitHeaders([{ id: a, code: 'damaged', message: 'Broken.' }]);
    assert.equal(await pending(dataset, run), '');
    await dataset.commitIndex({ ...NO_CHANGE, missing: [b] });
    assert.equal(await pending(dataset, { ...run, revision: '2' }), '');
  });

  it('have free tags, asked for once even when there is none, and again when more are wanted', async () => {
    const run = { freeTags: 5, dimensions: { setting: 'v1' } };
    await ask(dataset, run, [
      answerOf(a, ['setting:indoor:80', 'object:chair:70', 'color:blue:70']),
      answerOf(b, ['setting:indoor:80']),
    ]);
    assert.deepEqual(await tagsByPath(dataset, [a, b]), { a: ['blue', 'chair', 'indoor'], b: ['indoor'] });
    assert.equal(await pending(dataset, run), '');
    assert.equal(await pending(dataset, { ...run, freeTags: 3 }), '');
    assert.equal(await pending(dataset, { ...run, freeTags: 6 }), 'ab');
    await ask(dataset, { freeTags: 6 }, [answerOf(a, ['scene:kitchen:70'])]);
    assert.deepEqual(await tagsByPath(dataset, [a]), { a: ['indoor', 'kitchen'] });
    const facet = (await dataset.facets({ picks: {}, expression: null, selection: null })).dimensions.filter(
      ({ name }) => name === 'scene' || name === 'object',
    );
    assert.deepEqual(
      facet.map(({ name, title, values }) => [name, title, values.map(({ value }) => value)]),
      [['scene', 'Scenes', ['kitchen']]],
    );
  });

  it('have captions beside, each model its own', async () => {
    const run = { caption: true };
    await ask(dataset, run, [answerOf(a, [], { caption: 'A dog.' }), answerOf(b, [], { caption: null })]);
    await ask(dataset, { ...run, model: 'other' }, [answerOf(a, [], { caption: 'One dog.' })]);
    assert.equal(await pending(dataset, run), '');
    assert.equal(await pending(dataset, { ...run, model: 'other' }), 'b');
    await ask(dataset, run, [answerOf(a, [], { caption: 'A cat.' })]);
    assert.deepEqual((await dataset.sample(a))?.captions, [
      { model: CLIP, caption: 'A cat.' },
      { model: 'other', caption: 'One dog.' },
    ]);
    assert.deepEqual((await dataset.sample(b))?.captions, []);
  });

  it('have vectors side by side, replaced for one model only, its map with them', async () => {
    const vector = (...numbers: number[]) => ({ vector: Float32Array.from(numbers) });
    const run = { vector: true };
    await ask(dataset, run, [answerOf(a, [], vector(1, 0)), answerOf(b, [], vector(0, 1))]);
    await ask(dataset, { ...run, model: 'dino' }, [answerOf(a, [], vector(0, 0, 1))]);
    assert.equal(await pending(dataset, { ...run, model: 'dino' }), 'b');
    for (const model of [CLIP, 'dino']) {
      const { ids } = await dataset.readEmbeddings(model);
      await dataset.saveProjection(model, { ids, xy: new Float32Array(2 * ids.length) }, {});
    }
    await ask(dataset, run, [answerOf(a, [], vector(0.6, 0.8))]);
    const clip = await dataset.readEmbeddings(CLIP);
    assert.deepEqual([clip.length, clip.signCodes, clip.vectors], [2, null, Float32Array.of(0.6, 0.8, 0, 1)]);
    assert.deepEqual((await dataset.readEmbeddings('dino')).vectors, Float32Array.of(0, 0, 1));
    assert.equal((await dataset.projections.state(CLIP)).waiting, 1);
    assert.equal((await dataset.projections.state('dino')).waiting, 0);
    assert.deepEqual(await dataset.embeddingModels(), [
      { model: CLIP, count: 2, mapped: 1 },
      { model: 'dino', count: 1, mapped: 1 },
    ]);
    assert.equal((await dataset.counts()).completed, 0, 'vectors alone tag nothing');
  });

  it('lose their vectors, and no other model its own, with a new revision', async () => {
    const vector = { vector: Float32Array.of(1) };
    await ask(dataset, { vector: true }, [answerOf(a, [], vector)]);
    await ask(dataset, { vector: true, model: 'dino' }, [answerOf(a, [], vector)]);
    await dataset.useModel({ name: CLIP, revision: '2', licence: null, threshold: 60 });
    assert.deepEqual(
      (await dataset.embeddingModels()).map(({ model }) => model),
      ['dino'],
    );
  });

  it('keep the threshold that a person has set', async () => {
    await dataset.policy.setInherited({ thresholds: { [CLIP]: 90 }, maxTags: 10 });
    await ask(dataset, { dimensions: { setting: 'v1' } }, [answerOf(a, ['setting:indoor:80'])]);
    assert.deepEqual(await tagsByPath(dataset, [a]), { a: [] });
    await dataset.policy.setInherited({ thresholds: { [CLIP]: 80 }, maxTags: 10 });
    assert.deepEqual(await tagsByPath(dataset, [a]), { a: ['indoor'] });
  });

  it('never bring back what a person removed, nor take what a person gave', async () => {
    const run = { dimensions: { setting: 'v1' } };
    await ask(dataset, run, [answerOf(a, ['setting:indoor:99'])]);
    await dataset.tagging.decide({ ids: Int32Array.of(a) }, ['indoor'], 'removed', null);
    await dataset.tagging.decide({ ids: Int32Array.of(a) }, ['outdoor'], 'added', null);
    await ask(dataset, { ...run, revision: '2' }, [answerOf(a, ['setting:indoor:99', 'setting:outdoor:1'])]);
    assert.deepEqual(
      (await dataset.sample(a))?.tagDetails.map(({ since: _, ...detail }) => detail),
      [{ tag: 'outdoor', dimension: 'setting', source: 'person', confidence: 100, runId: null, impliedBy: null }],
    );
  });

  it('leave a sample as it was when the run ends before its turn', async () => {
    await analyze(dataset, [analysisOf(a, ['lighting:dark:90'])]);
    await dataset.commitHeaders([{ id: b, code: 'unreadable', message: 'Gone.' }]);
    const run = await dataset.beginRun({ kind: 'tag', model: CLIP, settings: settingsOf({}) });
    const asked = { model: CLIP, dimensions: ['setting'], freeTags: false, caption: false, vector: false };
    await dataset.commitModelAnswers(run, asked, [], [a, b]);
    assert.equal((await dataset.counts()).pending, 2);
    await dataset.endRun(run, 'cancelled', { processed: 0, failed: 0, error: null });
    assert.deepEqual(
      (await dataset.samplesByIds([a, b])).map(({ status }) => status),
      ['completed', 'failed'],
    );
  });

  it('keep failures beside the answers that there are', async () => {
    const failure = { ok: false, id: b, code: 'damaged', message: 'Broken.' } as const;
    const run = await dataset.beginRun({ kind: 'tag', model: CLIP, settings: settingsOf({}) });
    await dataset.noteRun(run, { device: 'cpu' });
    const asked = { model: CLIP, dimensions: ['setting'], freeTags: false, caption: false, vector: false };
    await dataset.commitModelAnswers(run, asked, [answerOf(a, ['setting:indoor:80']), failure]);
    await dataset.endRun(run, 'done', { processed: 1, failed: 1, error: null });
    assert.deepEqual(await dataset.failures(), [{ path: 'b', provider: null, code: 'damaged', reason: 'Broken.' }]);
  });
});
