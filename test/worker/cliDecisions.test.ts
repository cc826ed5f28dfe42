import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addSamples, TemporaryDatasets } from '../unit/core/temporaryDataset';
import { runCommand } from './commandLine';

describe('datavisor decisions', function () {
  this.timeout(60_000);
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  async function decidedFolder(): Promise<string> {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a.jpg', 'b.jpg']);
    await dataset.tagging.decide({ ids: Int32Array.from(ids) }, ['mine'], 'added');
    await dataset.close();
    return dataset.location.folder;
  }

  it('writes the log to stdout', async () => {
    const { code, stdout } = await runCommand(['decisions', await decidedFolder()]);
    assert.equal(code, 0);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      rows.map(({ path, tag, action }) => [path, tag, action]),
      [
        ['a.jpg', 'mine', 'added'],
        ['b.jpg', 'mine', 'added'],
      ],
    );
  });

  it('writes the log into a file, as CSV by its name', async () => {
    const folder = await decidedFolder();
    const file = join(folder, 'log.csv');
    const { code, stdout } = await runCommand(['decisions', folder, '--out', file, '--json']);
    assert.equal(code, 0);
    const { decisions, format, file: written } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual([decisions, format, written], [2, 'csv', file]);
    assert.equal((await readFile(file, 'utf8')).trimEnd().split('\n').length, 3);
    const told = await runCommand(['decisions', folder, '--out', file]);
    assert.match(told.stdout, /^2 decisions written to .*log\.csv\n$/);
  });

  it('says so when the folder was never indexed, and when it cannot write', async () => {
    const { code, stderr } = await runCommand(['decisions', await temporary.folder()]);
    assert.equal(code, 1);
    assert.match(stderr, /has not been indexed/);
    const folder = await decidedFolder();
    const nowhere = await runCommand(['decisions', folder, '--out', join(folder, 'no', 'log.jsonl')]);
    assert.equal(nowhere.code, 1);
    assert.match(nowhere.stderr, /cannot be written/);
    assert.doesNotMatch(nowhere.stderr, /bug/);
  });
});
