import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/core/dataset';
import type { AskedModel } from '../../../src/core/store/modelAnswers';
import { openDatabase } from '../../../src/core/store/openDatabase';
import type { ModelAnswer } from '../../../src/protocol/workerApi';
import { addSamples, analysisOf, analyze, NO_CHANGE, tagsByPath, TemporaryDatasets } from './temporaryDataset';

const scope = (...ids: number[]) => ({ ids: Int32Array.from(ids) });
const PAGE = { offset: 0, limit: 50 };

describe('the history of runs', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  async function two(): Promise<{ dataset: Dataset; a: number; b: number; ids: number[] }> {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b']);
    return { dataset, a: ids[0], b: ids[1], ids };
  }

  /** What models say, as text, and who answered. */
  async function said(dataset: Dataset, ids: readonly number[]): Promise<string[]> {
    const lines: string[] = [];
    for (const id of ids) {
      const { predictions, captions } = (await dataset.sample(id))!;
      lines.push(...predictions.map(({ model, tag, score }) => `${id} ${model} ${tag} ${score}`).sort());
      lines.push(...captions.map(({ model, caption }) => `${id} ${model} "${caption}"`));
    }
    return lines;
  }

  async function listed(dataset: Dataset): Promise<[number, boolean, boolean][]> {
    const { runs } = await dataset.runHistory.list(PAGE);
    return runs.map(({ id, canUndo, canRestore }) => [id, canUndo, canRestore]);
  }

  const pendingFor = async (dataset: Dataset) =>
    (await dataset.pendingSamples({ provider: 'builtin', embedder: null, retry: 'due' })).map(({ path }) => path);

  it('lists runs with what of them is in force', async () => {
    const { dataset, a, b } = await two();
    await analyze(dataset, [analysisOf(a, ['lighting:dark:80', 'color:red:20']), analysisOf(b, ['color:red:90'])]);
    const index = await dataset.beginRun({ kind: 'index', model: null, settings: { exclude: [] } });
    await dataset.endRun(index, 'failed', { processed: 0, failed: 0, error: 'The disk was away.' });
    const settings = {
      ...{ revision: '1', dtype: 'q8', device: 'cpu', freeTags: 0, caption: true, vector: false },
      dimensions: { weather: { version: 'x', question: 'How is it?', answers: [] } },
    };
    const model = await dataset.beginRun({ kind: 'tag', model: 'moondream2', settings });
    const { total, runs } = await dataset.runHistory.list(PAGE);
    assert.equal(total, 3);
    assert.deepEqual(
      runs.map(({ id, kind, model: name, outcome, predictions, samples }) => [
        ...[id, kind, name, outcome, predictions, samples],
      ]),
      [
        [model, 'tag', 'moondream2', 'running', 0, 0],
        [index, 'index', null, 'failed', 0, 0],
        [1, 'tag', 'builtin', 'done', 3, 2],
      ],
    );
    assert.equal(runs[1].error, 'The disk was away.');
    assert.match(runs[2].startedAt, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.deepEqual(runs[0].settings, [
      { label: 'Revision', value: '1' },
      { label: 'Precision', value: 'q8' },
      { label: 'Device', value: 'cpu' },
      { label: 'Caption', value: 'yes' },
      { label: 'Questions', value: 'weather' },
    ]);
    assert.deepEqual(
      (await dataset.runHistory.list({ offset: 1, limit: 1 })).runs.map(({ id }) => id),
      [index],
    );
    assert(
      runs.every(({ canUndo }) => !canUndo),
      'while a run is under way',
    );
    await assert.rejects(dataset.runHistory.undo(1), { code: 'run-under-way' });
    await assert.rejects(dataset.runHistory.previewUndo(1), { code: 'run-under-way' });
  });

  it('brings back exactly what a run replaced, and takes it away again', async () => {
    const { dataset, a, b, ids } = await two();
    await analyze(dataset, [analysisOf(a, ['lighting:dark:80', 'color:red:70']), analysisOf(b, ['lighting:dim:60'])]);
    await dataset.tagging.decide(scope(a), ['red'], 'approved');
    const first = { said: await said(dataset, ids), tags: await tagsByPath(dataset, ids) };
    await analyze(dataset, [analysisOf(a, ['lighting:bright:90', 'color:red:60']), analysisOf(b)]);
    await dataset.tagging.decide(scope(b), ['mine'], 'added');
    const second = { said: await said(dataset, ids), tags: await tagsByPath(dataset, ids) };
    assert.deepEqual(second.tags, { a: ['bright', 'red'], b: ['mine'] });

    assert.deepEqual(await dataset.runHistory.previewUndo(2), {
      ...{ predictions: 2, samples: 2, tagsLost: 1, tagsRestored: 2, tagsKept: 1 },
    });
    assert.deepEqual(await said(dataset, ids), second.said, 'a preview changes nothing');
    for (let round = 0; round < 2; round++) {
      await dataset.runHistory.undo(2);
      assert.deepEqual(await said(dataset, ids), first.said);
      assert.deepEqual(await tagsByPath(dataset, ids), { a: ['dark', 'red'], b: ['dim', 'mine'] });
      assert.deepEqual(await listed(dataset), [
        [2, false, true],
        [1, true, false],
      ]);
      await assert.rejects(dataset.runHistory.undo(2), { code: 'run-kept' });
      assert.deepEqual(await pendingFor(dataset), []);
      await dataset.runHistory.restore(2);
      assert.deepEqual(await said(dataset, ids), second.said);
      assert.deepEqual(await tagsByPath(dataset, ids), second.tags);
      assert.deepEqual(await listed(dataset), [
        [2, true, false],
        [1, false, false],
      ]);
      await assert.rejects(dataset.runHistory.restore(2), { code: 'run-kept' });
    }
  });

  it('has what only an undone run answered asked again', async () => {
    const { dataset, a, b, ids } = await two();
    await analyze(dataset, [analysisOf(a, ['lighting:dark:80'])]);
    await analyze(dataset, [analysisOf(b)]); // silent
    assert.deepEqual(await pendingFor(dataset), []);
    await dataset.runHistory.undo(2);
    assert.deepEqual(await pendingFor(dataset), ['b']);
    assert.equal((await dataset.samplesByIds([b]))[0].status, 'pending');
    await dataset.runHistory.restore(2);
    assert.deepEqual(await pendingFor(dataset), []);
    await dataset.runHistory.undo(2);
    await dataset.runHistory.undo(1);
    assert.deepEqual(await pendingFor(dataset), ['a', 'b']);
    assert.deepEqual(await said(dataset, ids), []);
    await analyze(dataset, [analysisOf(a, ['lighting:dim:80']), analysisOf(b)]);
    assert.deepEqual(await listed(dataset), [
      [3, true, false],
      [2, false, false],
      [1, false, false],
    ]);
  });

  it('keeps only what the last run of a model replaced', async () => {
    const { dataset, a, b, ids } = await two();
    await analyze(dataset, [analysisOf(a, ['color:red:70']), analysisOf(b, ['color:red:70'])]);
    await analyze(dataset, [analysisOf(a, ['color:blue:70']), analysisOf(b, ['color:blue:70'])]);
    await analyze(dataset, [analysisOf(a, ['color:green:70'])]);
    await analyze(dataset, [analysisOf(a, ['color:pink:70'])], 'other');
    await dataset.runHistory.undo(3);
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['blue', 'pink'], b: ['blue'] });
    await dataset.runHistory.restore(3);
    await dataset.runHistory.undo(2); // b is still its own; what it replaced there is not known any more
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['green', 'pink'], b: [] });
    await dataset.runHistory.restore(2);
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['green', 'pink'], b: ['blue'] });
  });

  it('is about one question at a time, and captions', async () => {
    const { dataset, a, ids } = await two();
    const ask = async (dimensions: string[], predictions: [string, string, number][], caption: string | null) => {
      const run = await dataset.beginRun({ kind: 'tag', model: 'vlm', settings: {} });
      const asked: AskedModel = { model: 'vlm', dimensions, freeTags: false, caption: caption !== null, vector: false };
      const answer: ModelAnswer = {
        ...{ ok: true, id: a, caption, vector: null },
        predictions: predictions.map(([dimension, tag, score]) => ({ dimension, tag, score })),
      };
      await dataset.commitModelAnswers(run, asked, [answer]);
      await dataset.endRun(run, 'done', { processed: 1, failed: 0, error: null });
      return run;
    };
    const weather = await ask(['weather'], [['weather', 'sunny', 80]], 'A beach.');
    const setting = await ask(['setting'], [['setting', 'outdoor', 90]], null);
    const both = await ask(
      ['weather', 'setting'],
      [
        ['weather', 'rainy', 95],
        ['setting', 'indoor', 95],
      ],
      'A room.',
    );
    assert.deepEqual(await tagsByPath(dataset, [a]), { a: ['indoor', 'rainy'] });
    await dataset.runHistory.undo(both);
    assert.deepEqual(await said(dataset, ids), ['1 vlm outdoor 90', '1 vlm sunny 80', '1 vlm "A beach."']);
    await dataset.runHistory.undo(setting);
    assert.deepEqual(await said(dataset, ids), ['1 vlm sunny 80', '1 vlm "A beach."']);
    await dataset.runHistory.undo(weather);
    assert.deepEqual(await said(dataset, ids), []);
    await dataset.runHistory.restore(both);
    assert.deepEqual(await said(dataset, ids), ['1 vlm indoor 95', '1 vlm rainy 95', '1 vlm "A room."']);
  });

  it('goes on with a file that changed, whose earlier answers are of no use', async () => {
    const { dataset, a, b, ids } = await two();
    await analyze(dataset, [analysisOf(a, ['color:red:70']), analysisOf(b, ['color:red:70'])]);
    await analyze(dataset, [analysisOf(a, ['color:blue:70']), analysisOf(b, ['color:blue:70'])]);
    await dataset.commitIndex({ ...NO_CHANGE, changed: [{ id: a, size: 7, mtimeMs: 7 }] });
    await dataset.runHistory.undo(2);
    assert.deepEqual(await tagsByPath(dataset, ids), { a: [], b: ['red'] });
    await analyze(dataset, [analysisOf(a, ['color:green:70'])]);
    await dataset.runHistory.restore(2);
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['green'], b: ['blue'] });
  });

  it('undoes a run whose process died half way', async () => {
    const { dataset, a, b, ids } = await two();
    await analyze(dataset, [analysisOf(a, ['color:red:70']), analysisOf(b, ['color:red:70'])]);
    const run = await dataset.beginRun({ kind: 'tag', model: 'builtin', settings: {} });
    const asked = { provider: 'builtin', embedder: null };
    await dataset.commitAnalyses(run, asked, [analysisOf(a, ['color:blue:70'])], [b]);
    await dataset.close(); // without the end of the run, as a kill leaves it
    const again = await temporary.dataset(dataset.location);
    assert.equal((await again.runHistory.list(PAGE)).runs[0].outcome, 'interrupted');
    await again.runHistory.undo(run);
    assert.deepEqual(await tagsByPath(again, ids), { a: ['red'], b: ['red'] });
    assert.equal((await again.samplesByIds([b]))[0].status, 'completed');
  });

  it('archives nothing that a run itself has said', async () => {
    const { dataset, a } = await two();
    const run = await dataset.beginRun({ kind: 'tag', model: 'builtin', settings: {} });
    const asked = { provider: 'builtin', embedder: null };
    await dataset.commitAnalyses(run, asked, [analysisOf(a, ['color:blue:70'])]);
    await dataset.commitAnalyses(run, asked, [analysisOf(a, ['color:red:70'])]);
    await dataset.close();
    const connection = await openDatabase(dataset.location.database);
    try {
      assert.deepEqual(await connection.session.rows('FROM replaced_predictions'), []);
      assert.deepEqual(await connection.session.rows('FROM replaced_taggings'), []);
    } finally {
      connection.close();
    }
  });

  it('refuses what cannot be undone', async () => {
    const { dataset, a } = await two();
    await analyze(dataset, [analysisOf(a, ['color:red:70'])]);
    for (const kind of ['index', 'project', 'embed'] as const) {
      const run = await dataset.beginRun({ kind, model: kind === 'index' ? null : 'visual-look', settings: {} });
      await dataset.endRun(run, 'done', { processed: 0, failed: 0, error: null });
      await assert.rejects(dataset.runHistory.undo(run), { code: 'run-kept' });
      await assert.rejects(dataset.runHistory.restore(run), { code: 'run-kept' });
    }
    assert.deepEqual(
      (await listed(dataset)).filter(([, canUndo]) => canUndo).map(([id]) => id),
      [1],
    );
    await assert.rejects(dataset.runHistory.undo(99), { code: 'run-unknown' });
    await dataset.close();
    const reader = await temporary.dataset(dataset.location, 'read');
    assert.equal((await reader.runHistory.list(PAGE)).total, 4);
    await assert.rejects(reader.runHistory.undo(1), { code: 'read-only' });
    await assert.rejects(reader.runHistory.previewUndo(1), { code: 'read-only' });
  });
});
