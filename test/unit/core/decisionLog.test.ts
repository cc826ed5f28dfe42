import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'papaparse';
import type { Dataset } from '../../../src/core/dataset';
import { writeDecisionLog } from '../../../src/core/export/decisionLog';
import { addSamples, analysisOf, analyze, TemporaryDatasets } from './temporaryDataset';

const scope = (...ids: number[]) => ({ ids: Int32Array.from(ids) });

describe('the log of decisions', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  /** Four decisions: on a suggestion, on what no model says, taken back, and after the tag has another name. */
  async function decided(): Promise<{ dataset: Dataset; ids: number[]; folder: string }> {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a.jpg', 'sub/b, "c".jpg']);
    await analyze(dataset, [analysisOf(ids[0], ['object:cat:70']), analysisOf(ids[1])]);
    await analyze(dataset, [analysisOf(ids[0], ['object:cat:85'])], 'moondream2');
    await dataset.tagging.decide(scope(ids[0]), ['cat'], 'rejected');
    await dataset.tagging.decide(scope(ids[1]), ['cat'], 'added');
    await dataset.tagging.undo();
    await dataset.tagging.change({ kind: 'rename', from: ['cat'], to: 'feline' });
    await dataset.tagging.decide(scope(ids[0]), ['cat'], 'added');
    await analyze(dataset, [analysisOf(ids[0], ['object:feline:99'])], 'later');
    return { dataset, ids, folder: dataset.location.folder };
  }

  it('has each decision with its image, its operation and what models had said', async () => {
    const { dataset, folder } = await decided();
    const file = join(folder, 'log.jsonl');
    assert.equal(await writeDecisionLog(dataset.tagging, file, 'jsonl'), 4);
    const lines = (await readFile(file, 'utf8')).split('\n');
    assert.equal(lines.pop(), '');
    const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert(rows.every(({ time }) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(time))));
    const { time: _, ...first } = rows[0];
    assert.deepEqual(first, {
      ...{ id: 1, operation: 1, title: 'Reject “cat” on 1 image', cause: 'do', path: 'a.jpg', contentHash: 'hash-1' },
      ...{ tag: 'cat', canonicalTag: 'feline', dimension: 'object', action: 'rejected' },
      ...{ provider: 'moondream2', score: 85 },
    });
    assert.deepEqual(
      rows.map(({ path, tag, action, cause, operation, provider }) => [path, tag, action, cause, operation, provider]),
      [
        ['a.jpg', 'cat', 'rejected', 'do', 1, 'moondream2'],
        ['sub/b, "c".jpg', 'cat', 'added', 'do', 2, null],
        ['sub/b, "c".jpg', 'cat', 'withdrawn', 'undo', 2, null],
        ['a.jpg', 'feline', 'added', 'do', 4, 'moondream2'],
      ],
      'what a model said later is no suggestion of that time',
    );
  });

  it('is a table as CSV, quoted where needed', async () => {
    const { dataset, folder } = await decided();
    const file = join(folder, 'log.csv');
    await writeDecisionLog(dataset.tagging, file, 'csv');
    const { data, errors } = parse<Record<string, string>>(await readFile(file, 'utf8'), {
      header: true,
      skipEmptyLines: true,
    });
    assert.deepEqual(errors, []);
    assert.deepEqual(
      data.map(({ id, path, action, score, title }) => [id, path, action, score, title]),
      [
        ['1', 'a.jpg', 'rejected', '85', 'Reject “cat” on 1 image'],
        ['2', 'sub/b, "c".jpg', 'added', '', 'Add “cat” to 1 image'],
        ['3', 'sub/b, "c".jpg', 'withdrawn', '', 'Add “cat” to 1 image'],
        ['4', 'a.jpg', 'added', '85', 'Add “feline” to 1 image'],
      ],
    );
  });

  it('has a header alone, or nothing, without decisions', async () => {
    const dataset = await temporary.dataset();
    const { folder } = dataset.location;
    assert.equal(await writeDecisionLog(dataset.tagging, join(folder, 'a.csv'), 'csv'), 0);
    assert.equal(await writeDecisionLog(dataset.tagging, join(folder, 'a.jsonl'), 'jsonl'), 0);
    assert.match(await readFile(join(folder, 'a.csv'), 'utf8'), /^id,time,operation,title,[\w,]*\n$/);
    assert.equal(await readFile(join(folder, 'a.jsonl'), 'utf8'), '');
  });

  it('replaces a file as a whole, or leaves it as it was', async () => {
    const { dataset, folder } = await decided();
    const file = join(folder, 'log.jsonl');
    await writeFile(file, 'old');
    await dataset.close();
    await assert.rejects(writeDecisionLog(dataset.tagging, file, 'jsonl'), { code: 'dataset-closed' });
    assert.equal(await readFile(file, 'utf8'), 'old');
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith('log')),
      ['log.jsonl'],
    );
    const reader = await temporary.dataset(dataset.location, 'read');
    assert.equal(await writeDecisionLog(reader.tagging, file, 'jsonl'), 4);
    assert.equal((await readFile(file, 'utf8')).split('\n').length, 5);
  });

  it('comes in pieces where it is long', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(
      dataset,
      Array.from({ length: 7000 }, (_, index) => `${index}.jpg`),
    );
    await dataset.tagging.decide(scope(...ids), ['one two', 'three', 'four'], 'added');
    const sizes: number[] = [];
    const seen = new Set<number>();
    for await (const rows of dataset.tagging.decisionLog()) {
      sizes.push(rows.length);
      for (const { id } of rows) seen.add(id);
    }
    assert.deepEqual(sizes, [20_000, 1000]);
    assert.equal(seen.size, 21_000);
  });
});
