import assert from 'node:assert/strict';
import { NO_FILTER } from '../../../src/core/sampleFilter';
import { DESCRIPTOR_LENGTH } from '../../../src/protocol/workerApi';
import { addSamples, analysisOf, analyze, NO_CHANGE, tagsByPath, TemporaryDatasets } from './temporaryDataset';

const FIRST_PAGE = { offset: 0, limit: 10, sort: 'path', descending: false } as const;
const ODD_PATHS = [
  `it's "quoted".jpg`,
  'new\nline/😀.png',
  '<img src=x onerror=alert(1)>.jpg',
  'x'.repeat(255),
  '%_$1?;--',
];

describe('Dataset', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  it('keeps what was indexed, analysed and decided when it is opened again', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ODD_PATHS);
    await dataset.commitHeaders([
      {
        ok: true,
        id: ids[0],
        width: 10,
        height: 20,
        format: 'png',
        capturedAt: '2024-02-29T12:00:00',
        camera: 'Nikon D1',
      },
      { ok: true, id: ids[1], width: 1, height: 2, format: 'gif', capturedAt: '0000-00-00T99:99:99', camera: null },
      { id: ids[2], code: 'not-an-image', message: 'This is a text.' },
    ]);
    await analyze(dataset, [analysisOf(ids[0], ['lighting:dark:90.5', 'clarity:sharp:20'])]);
    await dataset.tagging.decide({ ids: Int32Array.of(ids[1]) }, ['  My  Tag '], 'added', null);
    await dataset.close();

    const again = await temporary.dataset(dataset.location);
    assert.deepEqual(await again.counts(), {
      total: 5,
      completed: 1,
      pending: 3,
      failed: 1,
      missing: 0,
      embedded: 0,
      mapped: 0,
    });
    assert.deepEqual(
      (await again.indexedFiles()).map(({ path }) => path),
      ODD_PATHS,
    );
    assert.equal((await again.indexedFiles())[1].mtimeMs, 1_700_000_000_001.25);
    assert.deepEqual(await again.failures(), [
      { path: ODD_PATHS[2], provider: null, code: 'not-an-image', reason: 'This is a text.' },
    ]);
    assert.deepEqual(await again.tagCounts(), { dark: 1, 'my tag': 1 });
    for (const [index, path] of ODD_PATHS.entries()) assert.equal(await again.sampleIdByPath(path), ids[index]);
    const detail = await again.sample(ids[0]);
    assert.deepEqual(detail?.predictions, [
      { model: 'builtin', dimension: 'lighting', tag: 'dark', score: 90.5, threshold: 50 },
      { model: 'builtin', dimension: 'clarity', tag: 'sharp', score: 20, threshold: 50 },
    ]);
    const [{ since, ...dark }] = detail.tagDetails;
    assert.deepEqual(dark, {
      ...{ tag: 'dark', dimension: 'lighting', source: 'builtin', confidence: 90.5, runId: 1, impliedBy: null },
    });
    assert.match(since!, /^2\d{3}-\d\d-\d\dT.*Z$/);
    assert.equal(detail.capturedAt, '2024-02-29T12:00:00');
    assert.equal(detail.camera, 'Nikon D1');
    assert.equal(detail.measures.noise, null);
    assert.equal((await again.sample(ids[1]))?.capturedAt, null);
    assert.equal(await again.sample(99), null);
  });

  it('says what is pending: new samples, those another provider or the embedder has not seen, failed ones when asked', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b', 'c', 'd']);
    const run = await dataset.beginRun({ kind: 'tag', model: 'builtin', settings: {} });
    await dataset.commitAnalyses(
      run,
      { provider: 'builtin', embedder: null },
      [
        analysisOf(ids[0]),
        { ok: false, id: ids[1], code: 'unreadable', message: 'No permission.' },
        { ok: false, id: ids[2], code: 'damaged', message: 'Truncated.' },
      ],
      [ids[3]],
    );
    const pending = async (
      provider: string | null,
      embedder: string | null,
      retry: 'due' | 'all-failed' | 'only-failed',
    ) => (await dataset.pendingSamples({ provider, embedder, retry })).map(({ path }) => path).join('');
    assert.equal(await pending('builtin', null, 'due'), 'd');
    assert.equal(await pending('builtin', null, 'all-failed'), 'bcd');
    assert.equal(await pending('builtin', 'visual-look', 'due'), 'ad');
    assert.equal(await pending('moondream', null, 'due'), 'ad');
    assert.equal(await pending(null, null, 'due'), '');
    assert.equal(await pending(null, null, 'only-failed'), 'bc');
    assert.equal((await dataset.samplesByIds([ids[3]]))[0]?.status, 'processing');
    await dataset.endRun(run, 'cancelled', { processed: 1, failed: 2, error: null });
    assert.equal((await dataset.samplesByIds([ids[3]]))[0]?.status, 'pending');
  });

  it('counts a silent provider as an answer, and replaces only what the same provider said', async () => {
    const dataset = await temporary.dataset();
    const [id] = await addSamples(dataset, ['a']);
    await analyze(dataset, [analysisOf(id, ['setting:indoor:80'])], 'other');
    await analyze(dataset, [analysisOf(id, ['lighting:dark:80'])]);
    await analyze(dataset, [analysisOf(id)]);
    assert.deepEqual(await tagsByPath(dataset, [id]), { a: ['indoor'] });
    assert.deepEqual(await dataset.pendingSamples({ provider: 'builtin', embedder: null, retry: 'due' }), []);
  });

  it('leaves the tagging status alone when only descriptors are computed', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b']);
    await analyze(dataset, [analysisOf(ids[0], ['lighting:dark:80'])]);
    const run = await dataset.beginRun({ kind: 'embed', model: 'visual-look', settings: {} });
    const described = ids.map((id) => analysisOf(id, [], { descriptor: new Float32Array(DESCRIPTOR_LENGTH) }));
    await dataset.commitAnalyses(run, { provider: null, embedder: 'visual-look' }, described);
    assert.deepEqual(
      (await dataset.samplesByIds(ids)).map(({ status }) => status),
      ['completed', 'pending'],
    );
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['dark'], b: [] });
    assert.deepEqual(await dataset.pendingSamples({ provider: null, embedder: 'visual-look', retry: 'due' }), []);
  });

  it('keeps tags and decisions of a moved file, and only decisions of a changed one', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b', 'c']);
    await analyze(
      dataset,
      ids.map((id) => analysisOf(id, ['lighting:dark:80'])),
    );
    await dataset.tagging.decide({ ids: Int32Array.from(ids) }, ['mine'], 'added', null);
    await dataset.commitIndex({
      ...NO_CHANGE,
      added: [{ path: 'a', size: 1, mtimeMs: 1 }],
      moved: [{ id: ids[0], path: 'z/a', mtimeMs: 5.5 }],
      changed: [{ id: ids[1], size: 7, mtimeMs: 6 }],
    });
    assert.deepEqual(await tagsByPath(dataset, [...ids, 4]), {
      'z/a': ['dark', 'mine'],
      b: ['mine'],
      c: ['dark', 'mine'],
      a: [],
    });
    const changed = await dataset.sample(ids[1]);
    assert.deepEqual(
      [changed?.status, changed?.contentHash, changed?.width, changed?.size, changed?.predictions],
      ['pending', null, 0, 7, []],
    );
    assert.equal(await dataset.sampleIdByPath('a'), 4);
  });

  it('keeps missing samples with their decisions, out of counts, facets and pages', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b']);
    await dataset.tagging.decide({ ids: Int32Array.from(ids) }, ['mine'], 'added', null);
    await dataset.commitIndex({ ...NO_CHANGE, missing: [ids[0]] });
    assert.deepEqual(await dataset.tagCounts(), { mine: 1 });
    const { total, missing } = await dataset.counts();
    assert.deepEqual({ total, missing }, { total: 1, missing: 1 });
    assert.deepEqual(
      (await dataset.page(NO_FILTER, FIRST_PAGE)).rows.map(({ path }) => path),
      ['b'],
    );
    assert.deepEqual(await dataset.pendingSamples({ provider: 'builtin', embedder: null, retry: 'due' }), [
      { id: ids[1], path: 'b', mtimeMs: 1_700_000_000_001.25 },
    ]);
    await dataset.commitIndex({ ...NO_CHANGE, found: [ids[0]] });
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['mine'], b: ['mine'] });
    assert.deepEqual(await dataset.tagCounts(), { mine: 2 });
  });

  it('pages in every order, those without the value last', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['b', 'a', 'd', 'c']);
    const light = (id: number, lightness: number) =>
      analysisOf(id, [], { size: id, measures: { ...analysisOf(id).measures, lightness, sharpness: null } });
    await analyze(dataset, [light(ids[0], 10), light(ids[1], 30), light(ids[2], 20)]);
    const paths = async (sort: 'path' | 'lightness' | 'sharpness' | 'size' | 'captured', descending: boolean) =>
      (await dataset.page(NO_FILTER, { offset: 0, limit: 9, sort, descending })).rows.map(({ path }) => path).join('');
    assert.equal(await paths('path', false), 'abcd');
    assert.equal(await paths('path', true), 'dcba');
    assert.equal(await paths('lightness', false), 'bdac');
    assert.equal(await paths('lightness', true), 'adbc');
    assert.equal(await paths('sharpness', true), 'abcd');
    assert.equal(await paths('size', false), 'badc');
    assert.equal(await paths('captured', true), 'abcd');
    const second = await dataset.page(NO_FILTER, { offset: 1, limit: 2, sort: 'path', descending: false });
    assert.deepEqual([second.total, second.matching, second.rows.map(({ path }) => path)], [4, 4, ['b', 'c']]);
    assert.deepEqual([...(await dataset.sampleIds(NO_FILTER))], [ids[1], ids[0], ids[3], ids[2]]);
  });

  it('calls listeners and raises the revision after each change, until they unsubscribe', async () => {
    const dataset = await temporary.dataset();
    let calls = 0;
    const stop = dataset.onDidChange(() => calls++);
    const before = dataset.revision;
    await addSamples(dataset, ['a']);
    await dataset.counts();
    await dataset.policy.setInherited({ thresholds: {}, maxTags: 10 });
    assert.deepEqual([calls, dataset.revision - before], [1, 1]);
    stop();
    await dataset.tagging.decide({ ids: Int32Array.of(1) }, ['mine'], 'added', null);
    assert.equal(calls, 1);
  });

  it('undoes the whole of a change that fails, and goes on', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a']);
    const broken = { ...analysisOf(ids[0], ['lighting:dark:80']), width: Number.NaN };
    await assert.rejects(analyze(dataset, [broken]));
    await dataset.tagging.decide({ ids: Int32Array.from(ids) }, ['mine'], 'added', null);
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['mine'] });
    assert.deepEqual((await dataset.sample(ids[0]))?.predictions, []);
  });

  it('runs operations that are asked for at once one after the other', async () => {
    const dataset = await temporary.dataset();
    const added = await Promise.all(Array.from({ length: 20 }, (_, index) => addSamples(dataset, [`${index}`])));
    assert.deepEqual(
      added.flat(),
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    assert.equal((await dataset.counts()).total, 20);
  });

  it('does what was asked before it closes, and nothing after', async () => {
    const dataset = await temporary.dataset();
    const adding = addSamples(dataset, ['a']);
    await Promise.all([adding, dataset.close(), dataset.close()]);
    await assert.rejects(dataset.counts(), { code: 'dataset-closed' });
    assert.equal((await (await temporary.dataset(dataset.location)).counts()).total, 1);
  });
});
