import * as assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, runFailing, runJson, type JobAnswer } from './commandLine';
import { ScratchImages } from './scratchImages';

interface InfoAnswer {
  dataset: string;
  database: string;
  total: number;
  completed: number;
  embeddings: number;
  mapped: number;
  tags: Record<string, number>;
}

interface FacetsAnswer {
  total: number;
  matching: number;
  filter: string | null;
  facets: { name: string; title: string; values: { value: string; total: number; matching: number }[] }[];
}

describe('the command line', () => {
  let images: ScratchImages;
  beforeEach(async () => (images = await ScratchImages.make()));
  afterEach(() => images.clean());

  it('indexes, tags, embeds and maps a folder with `run`', async () => {
    await images.drawMany(12);
    await images.draw('sub/folder/deep.png', 20);
    await writeFile(images.file('broken.jpg'), 'no image');
    const answer = await runJson(['run', images.folder]);
    assert.equal(answer.dataset, images.folder);
    assert.equal(answer.database, join(images.folder, '.datavisor', 'datavisor.duckdb'));
    assert.deepEqual([answer.total, answer.processed, answer.cancelled], [14, 13, false]);
    assert.deepEqual(
      answer.failed.map(({ path, code }) => [path, code]),
      [['broken.jpg', 'not-an-image']],
    );
    assert.ok(answer.failed[0].reason.length > 10 && answer.seconds > 0);
    assert.ok(Object.values(answer.tags).every((count) => Number.isInteger(count) && count > 0));
    const { completed, failed, embedded, mapped } = answer.counts;
    assert.deepEqual({ completed, failed, embedded, mapped }, { completed: 13, failed: 1, embedded: 13, mapped: 13 });
    assert.ok(existsSync(join(images.folder, '.datavisor', '.gitignore')));
    const thumbnails = readdirSync(join(images.folder, '.datavisor', 'thumbnails'), { recursive: true });
    assert.equal(thumbnails.filter((name) => String(name).endsWith('.jpg')).length, 13);
    assert.equal(thumbnails.filter((name) => /tmp|part/.test(String(name))).length, 0);

    const info = await runJson<InfoAnswer>(['info', images.folder]);
    const { dataset, database, total, tags } = answer;
    assert.deepEqual(
      [info.dataset, info.database, info.total, info.tags, info.embeddings, info.mapped],
      [dataset, database, total, tags, 13, 13],
    );
  });

  it('tells people the facets, the failures and where the database is', async () => {
    await images.drawMany(3);
    await writeFile(images.file('zero\nbytes.png'), '');
    const { code, stdout, stderr } = await runCommand(['run', images.folder]);
    assert.equal(code, 0);
    assert.equal(stderr, '');
    assert.match(stdout, /^4 images: 3 tagged now, 1 failed, in [\d.]+ s\n/);
    assert.match(stdout, /\nLighting +(dark|dim|normal|bright) \d/);
    assert.match(stdout, /\nWeather +– \(needs a model\)\n/);
    assert.match(stdout, /\nCould not be used \(1\):\n {2}zero\\u000abytes\.png: \S/);
    assert.ok(stdout.endsWith(`Database: ${join(images.folder, '.datavisor', 'datavisor.duckdb')}\n`));
  });

  it('does each step for itself, and before it what it stands on', async () => {
    await images.drawMany(5);
    const indexed = await runJson(['index', images.folder]);
    assert.deepEqual([indexed.total, indexed.processed, indexed.index.added, indexed.tags], [5, 5, 5, {}]);
    const tagged = await runJson(['tag', images.folder, '--provider', 'builtin']);
    assert.deepEqual([tagged.processed, tagged.counts['completed'], tagged.counts['embedded']], [5, 5, 0]);
    const embedded = await runJson(['embed', images.folder]);
    assert.deepEqual([embedded.processed, embedded.counts['embedded'], embedded.counts['mapped']], [5, 5, 0]);
    const mapped = await runJson(['project', images.folder]);
    assert.deepEqual([mapped.processed, mapped.counts['mapped']], [5, 5]);
    const again = await runJson(['project', images.folder]);
    assert.equal(again.processed, 0, 'the map is current');
  });

  it('embeds a folder that was never tagged, leaving it untagged', async () => {
    await images.drawMany(4);
    const { processed, counts } = await runJson(['embed', images.folder]);
    assert.deepEqual([processed, counts['embedded'], counts['completed'], counts['pending']], [4, 4, 0, 4]);
    const again = await runJson(['embed', images.folder]);
    assert.deepEqual([again.processed, again.counts['embedded']], [0, 4]);
  });

  it('counts facets, under a filter too', async () => {
    await images.drawMany(6);
    await runJson(['tag', images.folder]);
    const all = await runJson<FacetsAnswer>(['facets', images.folder]);
    assert.deepEqual([all.total, all.matching, all.filter], [6, 6, null]);
    const format = all.facets.find(({ name }) => name === 'format');
    assert.deepEqual(format?.values, [{ value: 'jpeg', total: 6, matching: 6 }]);
    const some = await runJson<FacetsAnswer>(['facets', images.folder, '--filter', 'path:image-003']);
    assert.deepEqual([some.total, some.matching, some.filter], [6, 1, 'path:image-003']);
    const { stdout } = await runCommand(['facets', images.folder, '--filter', 'path:image-003']);
    assert.match(stdout, /^1 of 6 images match\n/);
    assert.match(stdout, /jpeg 1 of 6/);
  });

  it('takes the database file it is given', async () => {
    await images.drawMany(2);
    const file = join(images.scratch, 'elsewhere', 'my.duckdb');
    const answer = await runJson(['tag', images.folder, '--db', file]);
    assert.equal(answer.database, file);
    assert.ok(existsSync(file) && !existsSync(join(images.folder, '.datavisor')));
    assert.equal((await runJson<InfoAnswer>(['info', images.folder, '--db', file])).completed, 2);
  });

  it('says so when a folder holds no image, and is done', async () => {
    await writeFile(images.file('notes.txt'), 'x');
    await mkdir(images.file('skipped'));
    await writeFile(images.file('.gitignore'), 'skipped/\n');
    const { code, stdout, stderr } = await runCommand(['run', images.folder, '--json']);
    const answer = JSON.parse(stdout) as JobAnswer;
    assert.deepEqual([code, answer.total, answer.processed, answer.failed], [0, 0, 0, []]);
    assert.match(stderr, /^No image was found in .*1 named by \.gitignore/);
    assert.match(answer.warnings[0], /No image was found/);
    const text = await runCommand(['run', images.folder]);
    assert.match(text.stdout, /^0 images/);
  });

  it('fails clearly when the folder does not exist, is a file, or was never indexed', async () => {
    await writeFile(images.file('a.txt'), 'x');
    const missing = await runFailing(['run', images.file('nowhere')], 1);
    assert.equal(missing.code, 'folder-missing');
    assert.match(missing.stderr, /nowhere does not exist/);
    assert.equal((await runFailing(['run', images.file('a.txt')], 1)).code, 'not-a-folder');
    for (const command of ['info', 'facets'])
      assert.equal((await runFailing([command, images.folder], 1)).code, 'not-indexed');
    assert.ok(!existsSync(images.file('.datavisor')), 'asking leaves nothing behind');
  });

  it('exits with 2 on wrong usage and explains itself', async () => {
    assert.equal((await runFailing(['paint', images.folder], 2)).code, 'usage');
    const filter = await runFailing(['facets', images.folder, '--filter', 'a colour:red'], 2);
    assert.equal(filter.code, 'filter-syntax');
    assert.match(filter.message, /at character 3: .*"colour"/);
    const { code, stdout, stderr } = await runCommand([]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /datavisor help/);
  });

  it('prints help and version', async () => {
    const help = await runCommand(['help']);
    assert.deepEqual([help.code, help.stderr], [0, '']);
    assert.match(help.stdout, /datavisor <command> FOLDER/);
    assert.match((await runCommand(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('follows links in a circle no further than once', async () => {
    await images.draw('a/one.jpg', 1);
    await symlink(images.folder, images.file('a/loop'));
    assert.equal((await runJson(['index', images.folder])).total, 1);
  });
});
