import assert from 'node:assert/strict';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import type { Dataset } from '../../../../src/core/dataset';
import { openDatabase } from '../../../../src/core/store/openDatabase';
import { quoted } from '../../../../src/core/store/partSchema';
import { UserError } from '../../../../src/protocol/userError';
import { addSamples, analysisOf, analyze, NO_CHANGE, tagsByPath, TemporaryDatasets } from '../temporaryDataset';

const HOOKS = { signal: new AbortController().signal, each: () => undefined };
const MTIME = 1_700_000_000_000.25;

describe('part files', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  /** A part file of samples with these answers; null for one that failed. */
  async function part(
    answers: Readonly<Record<string, readonly string[] | null>>,
    provider = 'builtin',
    dimensionThresholds?: Readonly<Record<string, number>>,
  ) {
    const dataset = await temporary.dataset();
    if (dimensionThresholds) {
      await dataset.useModel({
        ...{ name: provider, revision: '1', licence: null, threshold: 60 },
        dimensionThresholds,
      });
    }
    const paths = Object.keys(answers);
    const ids = await addSamples(dataset, paths);
    const run = await dataset.beginRun({ kind: 'tag', model: provider, settings: {} });
    const analyses = paths.map((path, i) => {
      const tags = answers[path];
      if (tags === null) return { ok: false, id: ids[i], code: 'damaged', message: 'It ends too early.' } as const;
      return analysisOf(ids[i], tags, { contentHash: `hash of ${path}` });
    });
    await dataset.commitAnalyses(run, { provider, embedder: null }, analyses);
    await dataset.endRun(run, 'done', { processed: ids.length, failed: 0, error: null });
    const file = join(dataset.location.folder, "it's a [part] *.parquet");
    await dataset.parts.write(provider, file);
    return file;
  }

  async function take(dataset: Dataset, ...files: string[]) {
    return dataset.parts.import(await dataset.parts.check(files), [], HOOKS);
  }

  /** Samples of 1000 bytes each, as `analysisOf` says. */
  async function indexed(paths: readonly string[], other: { size?: number; mtimeMs?: number } = {}) {
    const dataset = await temporary.dataset();
    const added = paths.map((path) => ({ path, size: 1000, mtimeMs: MTIME, ...other }));
    const { addedIds } = await dataset.commitIndex({ ...NO_CHANGE, added });
    return { dataset, ids: addedIds };
  }

  it('are taken over with tags, silence, failures and measures, and again without any change', async () => {
    const file = await part({ c: null, a: ['lighting:dark:80', 'color:red:20'], b: [] });
    const { dataset, ids } = await indexed(['a', 'b', 'c']);
    const report = await take(dataset, file);
    assert.deepEqual(
      { ...report, runs: report.runs.length },
      { images: 2, imported: 2, changed: 0, unknown: 0, failed: 1, runs: 1 },
    );
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['dark'], b: [], c: [] });
    const first = (await dataset.sample(ids[0]))!;
    assert.deepEqual(first.predictions.map(({ tag, score }) => [tag, score]).sort(), [
      ['dark', 80],
      ['red', 20],
    ]);
    assert.equal(first.contentHash, 'hash of a');
    assert.equal((await dataset.sample(ids[1]))!.status, 'completed');
    assert.deepEqual(
      (await dataset.failures()).map(({ path, code, reason }) => [path, code, reason]),
      [['c', 'damaged', 'It ends too early.']],
    );
    const again = await take(dataset, file, file);
    assert.deepEqual([again.imported, again.failed, again.runs], [0, 0, []]);
    assert.equal((await dataset.runHistory.list({ offset: 0, limit: 9 })).total, 1);
  });

  it('replace what the same model said, nothing of others and no decision, and can be undone', async () => {
    const { dataset, ids } = await indexed(['a']);
    const hash = { contentHash: 'hash of a' };
    await analyze(dataset, [analysisOf(ids[0], ['lighting:bright:90', 'color:red:90'], hash)]);
    await analyze(dataset, [analysisOf(ids[0], ['color:blue:90'], hash)], 'other');
    await dataset.tagging.decide({ ids: Int32Array.from(ids) }, ['dark'], 'rejected');
    const { runs } = await take(dataset, await part({ a: ['lighting:dark:80', 'color:green:70'] }));
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['blue', 'green'] });
    await dataset.runHistory.undo(runs[0].id);
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['blue', 'bright', 'red'] });
  });

  it('bring the thresholds of the model along, also those of single dimensions', async () => {
    const said = ['general:dog:40', 'character:ann:80', 'other:cat:50', 'other:cow:70'];
    const file = await part({ a: said }, 'wd', { general: 35, character: 85 });
    const { dataset, ids } = await indexed(['a']);
    await take(dataset, file);
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['cow', 'dog'] });
    const [{ threshold, dimensions }] = (await dataset.policy.read()).providers;
    assert.deepEqual(
      { threshold, ...Object.fromEntries(dimensions.map((dimension) => [dimension.name, dimension.threshold])) },
      { threshold: 60, general: 35, character: 85, other: 60 },
    );
  });

  it('are refused for a changed image and counted for one that is not there', async () => {
    const file = await part({ a: ['lighting:dark:80'], b: ['lighting:dark:80'], z: ['lighting:dark:80'] });
    const { dataset, ids } = await indexed(['a', 'b']);
    await analyze(dataset, [analysisOf(ids[0], ['color:red:90'], { contentHash: 'another' })]);
    const report = await take(dataset, file);
    assert.deepEqual([report.images, report.imported, report.changed, report.unknown], [3, 1, 1, 1]);
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['red'], b: ['dark'] });
  });

  it('are checked by the hash of the file where its time is another one', async () => {
    const file = await part({ a: ['lighting:dark:80'], b: ['lighting:dark:80'] });
    const { dataset, ids } = await indexed(['a', 'b'], { mtimeMs: MTIME + 60_000 });
    const parts = await dataset.parts.check([file]);
    const unverified = await dataset.parts.unverified(parts);
    assert.deepEqual(
      unverified.map(({ path }) => path),
      ['a', 'b'],
    );
    const verified = [
      { id: ids[0], hash: 'hash of a' },
      { id: ids[1], hash: 'of something else' },
    ];
    const report = await dataset.parts.import(parts, verified, HOOKS);
    assert.deepEqual([report.imported, report.changed], [1, 1]);
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['dark'], b: [] });
  });

  it('give a tag of the last file where two differ, whatever was imported before', async () => {
    const [one, two] = [await part({ a: ['lighting:dark:80'] }), await part({ a: ['lighting:dim:80'] })];
    const { dataset, ids } = await indexed(['a']);
    assert.equal((await take(dataset, one, two)).imported, 1);
    assert.equal((await take(dataset, one, two)).imported, 0);
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['dim'] });
  });

  it('keep nothing when the import is cancelled', async () => {
    const file = await part({ a: ['lighting:dark:80'] });
    const { dataset, ids } = await indexed(['a']);
    const parts = await dataset.parts.check([file]);
    const stop = new AbortController();
    const hooks = { signal: stop.signal, each: () => stop.abort() };
    await assert.rejects(dataset.parts.import(parts, [], hooks), { name: 'AbortError' });
    assert.deepEqual(await tagsByPath(dataset, ids), { a: [] });
    assert.equal((await take(dataset, file)).imported, 1);
  });

  it('say what is wrong with a file', async () => {
    const file = await part({ a: ['lighting:dark:80'] });
    const { dataset } = await indexed(['a']);
    const folder = await temporary.folder();
    const connection = await openDatabase(join(folder, 'any.duckdb'));
    const source = `FROM read_parquet(${quoted(file.replace(/[[*]/g, '[$&]'))})`;
    const wrong: Record<string, RegExp> = {
      [`SELECT * EXCLUDE (tag) ${source}`]: /no column "tag"/,
      [`SELECT * REPLACE (score::INTEGER AS score) ${source}`]: /"score" is INTEGER and should be DOUBLE/,
      [`SELECT * REPLACE (2::INTEGER AS version) ${source}`]: /version is not 1/,
      [`SELECT * ${source} WHERE kind <> 'run'`]: /exactly one row/,
      [`SELECT * REPLACE (if(kind = 'prediction', 101, score) AS score) ${source}`]: /from 0 to 100/,
    };
    for (const [index, [sql, message]] of Object.entries(wrong).entries()) {
      const bad = join(folder, `bad-${index}.parquet`);
      await connection.session.run(`COPY (${sql}) TO ${quoted(bad)} (FORMAT parquet)`);
      await assert.rejects(dataset.parts.check([file, bad]), (error) => {
        assert.ok(error instanceof UserError && error.code === 'part-invalid', String(error));
        assert.match(error.message, message);
        return error.message.startsWith(bad);
      });
    }
    connection.close();
    await writeFile(join(folder, 'text.parquet'), 'no parquet');
    await assert.rejects(dataset.parts.check([join(folder, 'text.parquet')]), /cannot be read as parquet/);
    await assert.rejects(dataset.parts.check([join(folder, 'nothing.parquet')]), /cannot be read as parquet/);
  });
});
