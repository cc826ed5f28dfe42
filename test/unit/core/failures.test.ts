import assert from 'node:assert/strict';
import type { Dataset, Retry } from '../../../src/core/dataset';
import type { ModelAnswer } from '../../../src/protocol/workerApi';
import { addSamples, analysisOf, analyze, NO_CHANGE, TemporaryDatasets } from './temporaryDataset';

const MODEL = 'clip-test';
const MINUTE = 60_000;
const DAY = 86_400_000;

describe('failures', function () {
  this.timeout(60_000);
  const temporary = new TemporaryDatasets();
  const { now } = Date;
  let clock: number;
  let dataset: Dataset;
  let ids: number[];
  let a: number;
  let b: number;
  let c: number;

  beforeEach(async () => {
    clock = Date.UTC(2026, 0, 1);
    Date.now = () => clock;
    dataset = await temporary.dataset();
    ids = await addSamples(dataset, ['a', 'b', 'c']);
    [a, b, c] = ids as [number, number, number];
  });
  afterEach(async () => {
    Date.now = now;
    await temporary.clean();
  });

  const failure = (id: number, code = 'inference-failed' as const, message = 'The model choked.') =>
    ({ ok: false, id, code, message }) as const;
  const asked = { model: MODEL, dimensions: ['setting'], freeTags: false, caption: false, vector: false };
  const settings = { revision: '1', dimensions: { setting: { version: 'v1' } } };

  async function ask(answers: Parameters<Dataset['commitModelAnswers']>[2]): Promise<void> {
    const run = await dataset.beginRun({ kind: 'tag', model: MODEL, settings });
    await dataset.commitModelAnswers(run, asked, answers);
    await dataset.endRun(run, 'done', { processed: answers.length, failed: 0, error: null });
  }
  const answer = (id: number): ModelAnswer => ({
    ...{ ok: true, id, caption: null, vector: null },
    predictions: analysisOf(id, ['setting:indoor:90']).predictions,
  });
  async function pending(retry: Retry, among?: readonly number[]): Promise<string> {
    const wanted = { dimensions: [{ name: 'setting', version: 'v1' }], freeTags: 0, caption: false, vector: false };
    const samples = await dataset.modelPending({ model: MODEL, revision: '1', ...wanted, retry, among });
    return samples.map(({ path }) => path).join('');
  }
  const statuses = async () => (await dataset.samplesByIds(ids)).map(({ status, error }) => error ?? status);
  const listed = async (provider: string | null = null) =>
    (await dataset.runHistory.failures({ provider, offset: 0, limit: 10 })).rows;

  it('of one provider do not hide what others said, nor keep them from asking', async () => {
    await analyze(dataset, [analysisOf(a, ['lighting:dark:90']), analysisOf(b)]);
    await ask([failure(a), answer(b)]);
    assert.deepEqual(await statuses(), ['completed', 'completed', 'pending']);
    assert.deepEqual((await dataset.sample(a))?.tags, ['dark']);
    assert.equal(await pending('due'), 'c');
    assert.deepEqual(await dataset.pendingSamples({ provider: 'builtin', embedder: null, retry: 'due' }), [
      { id: c, path: 'c', mtimeMs: 1_700_000_000_002.25 },
    ]);
    assert.deepEqual(await dataset.failures(), [
      { path: 'a', provider: MODEL, code: 'inference-failed', reason: 'The model choked.' },
    ]);
    assert.deepEqual(await dataset.runHistory.providerStatus([{ name: 'other' }]), {
      unreadable: 0,
      providers: [
        { name: 'builtin', completed: 2, failed: 0, retryable: 0, pending: 1 },
        { name: MODEL, completed: 1, failed: 1, retryable: 1, pending: 1 },
        { name: 'other', completed: 0, failed: 0, retryable: 0, pending: 3 },
      ],
    });
  });

  it('are what a sample says where nobody has answered', async () => {
    await ask([failure(a), failure(b, 'inference-failed', 'Again.')]);
    assert.deepEqual(await statuses(), ['The model choked.', 'Again.', 'pending']);
    assert.equal((await dataset.counts()).failed, 2);
    await analyze(dataset, [analysisOf(a)]);
    assert.deepEqual(await statuses(), ['completed', 'Again.', 'pending']);
  });

  it('are tried again after a minute, then each time four times as long, at most a day', async () => {
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt++) {
      await ask([failure(a)]);
      const [row] = await listed();
      assert.equal(row?.attempts, attempt);
      waits.push(Date.parse(row.nextTry!) - clock);
      assert.equal(await pending('due', [a]), '');
      assert.equal(await pending('only-failed'), 'a');
      clock += waits.at(-1)! + 1000;
      assert.equal(await pending('only-due'), 'a');
      assert.equal(await pending('due'), 'abc');
    }
    for (const [attempt, wait] of waits.entries()) {
      const middle = MINUTE * 4 ** attempt;
      const [least, most] = [Math.min(DAY, 0.8 * middle), Math.min(DAY, 1.2 * middle)];
      assert.ok(wait >= least - 1000 && wait <= most + 1000, `attempt ${attempt + 1}: ${wait}`);
    }
    assert.equal(Math.round(waits.at(-1)! / 1000), DAY / 1000);
  });

  it('are told apart: what may pass is tried again by itself, the others when asked', async () => {
    await analyze(dataset, [analysisOf(a), analysisOf(b), analysisOf(c)]);
    const crash = { ok: false, id: b, code: 'model-crash', message: 'Crashed.' } as const;
    await ask([failure(a), crash, { ok: false, id: c, code: 'too-large', message: 'Only this model minds.' }]);
    assert.deepEqual(await statuses(), ['completed', 'completed', 'completed']);
    assert.deepEqual(
      (await listed(MODEL)).map(({ path, nextTry }) => [path, nextTry !== null]),
      [
        ['a', true],
        ['b', false],
        ['c', false],
      ],
    );
    clock += 2 * DAY;
    assert.equal(await pending('due'), 'a');
    assert.equal(await pending('only-failed'), 'abc');
    assert.equal((await dataset.runHistory.providerStatus()).providers[1]?.retryable, 1);
  });

  it('end with an answer, and with a change of the file', async () => {
    await ask([failure(a), failure(b)]);
    await ask([answer(a)]);
    await dataset.commitIndex({ ...NO_CHANGE, changed: [{ id: b, size: 5, mtimeMs: 7 }] });
    assert.deepEqual(await listed(), []);
    assert.deepEqual(await statuses(), ['completed', 'pending', 'pending']);
    assert.equal(await pending('due'), 'bc');
    await ask([failure(b)]);
    assert.equal((await listed())[0]?.attempts, 1, 'it begins anew');
  });

  it('of a file stand for all providers, with a next try where it may pass', async () => {
    await ask([failure(a)]);
    await dataset.commitHeaders([
      { id: a, code: 'unreadable', message: 'The disk is away.' },
      { id: b, code: 'damaged', message: 'Truncated.' },
    ]);
    const rows = await listed();
    assert.deepEqual(
      rows.map(({ path, provider, code, nextTry }) => [path, provider, code, nextTry !== null]),
      [
        ['a', null, 'unreadable', true],
        ['b', null, 'damaged', false],
      ],
    );
    const { unreadable, providers } = await dataset.runHistory.providerStatus();
    assert.deepEqual([unreadable, providers], [2, []]);
    assert.equal(await pending('due'), 'c');
    assert.deepEqual(
      (await dataset.runHistory.nextRetry([]))?.toISOString().slice(0, 19),
      rows[0]?.nextTry?.slice(0, 19),
    );
    assert.deepEqual(await dataset.waitingFiles(), [{ id: a, path: 'a' }]);
    await dataset.makeDue([a]);
    assert.equal(await pending('due'), 'ac');
    await analyze(dataset, [analysisOf(a)]);
    assert.deepEqual(await statuses(), ['completed', 'Truncated.', 'pending']);
    assert.deepEqual(
      (await listed()).map(({ path, provider }) => [path, provider]),
      [
        ['b', null],
        ['a', MODEL],
      ],
    );
  });

  it('are there after a restart, and with the samples that a killed run had in hand', async () => {
    const { location } = dataset;
    await ask([failure(a)]);
    const run = await dataset.beginRun({ kind: 'tag', model: MODEL, settings });
    await dataset.commitModelAnswers(run, asked, [], [a, b]);
    await dataset.close();
    dataset = await temporary.dataset(location);
    assert.deepEqual(await statuses(), ['The model choked.', 'pending', 'pending']);
    assert.deepEqual((await listed()).length, 1);
  });

  it('can be looked for among some samples alone', async () => {
    await ask([failure(a), failure(b)]);
    clock += DAY;
    assert.equal(await pending('only-due', [b, c]), 'b');
    assert.equal(await pending('due', [c]), 'c');
    assert.deepEqual(
      (await dataset.unmeasuredSamples('due', [a, c])).map(({ path }) => path),
      ['a', 'c'],
    );
  });
});
