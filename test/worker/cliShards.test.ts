import * as assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { encoderReplicas } from '../fixtures/models/encoderReplicas';
import { writeReplica } from '../fixtures/models/modelFolder';
import { RunningCommand, runCommand, runFailing, runJson, type JobAnswer } from './commandLine';
import { ScratchImages } from './scratchImages';

const IMAGES = 40;
const CLIP = 'clip-vit-base-patch32';

interface ImportAnswer extends JobAnswer {
  images: number;
  imported: number;
  changed: number;
  unknown: number;
  runs: { id: number; model: string }[];
}

describe('a folder tagged in slices', function () {
  this.timeout(120_000);
  let images: ScratchImages;
  let plain: Record<string, unknown>;
  const part = (name: string) => join(images.scratch, 'parts', `${name}.parquet`);

  before(async () => {
    images = await ScratchImages.make();
    await images.drawMany(IMAGES);
    await writeFile(images.file('broken.jpg'), 'no image');
    await mkdir(join(images.scratch, 'parts'));
    await runJson(['tag', images.folder]);
    plain = await everything();
  });
  after(() => images.clean());
  beforeEach(() => rm(images.file('.datavisor'), { recursive: true, force: true }));

  /** What is known of every image, without numbers and times of runs. */
  function everything(): Promise<Record<string, unknown>> {
    return images.withDataset('write', async (dataset) => {
      const known: Record<string, unknown> = {};
      for (const id of await dataset.sampleIds(NO_FILTER)) {
        const sample = (await dataset.sample(id))!;
        const { path, tags, predictions, status, contentHash } = sample;
        known[path] = { tags, predictions, status, contentHash };
      }
      return { known, tags: await dataset.tagCounts(), failures: await dataset.failures() };
    });
  }

  async function slices(count: number, ...more: string[]): Promise<string[]> {
    const files = Array.from({ length: count }, (_, index) => part(`${index}-of-${count}`));
    let processed = 0;
    for (const [index, file] of files.entries()) {
      processed += (await runJson(['tag', images.folder, '--shard', `${index}/${count}`, '--out', file, ...more]))
        .processed;
    }
    assert.equal(processed, IMAGES, 'each image is in one slice');
    return files;
  }

  /** A command that has begun to tag, all as one slice. */
  async function atWork(file: string): Promise<RunningCommand> {
    const folder = await mkdtemp(join(images.scratch, 'temporary-'));
    const args = ['tag', images.folder, '--shard', '0/1', '--out', file];
    const command = new RunningCommand(args, { ownGroup: true, env: { TMPDIR: folder } });
    let ended = false;
    void command.end.then(() => (ended = true));
    const tagging = () => readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith('.jpg'));
    while (!ended && !tagging()) await sleep(5);
    return command;
  }

  const merge = (files: readonly string[]) => runJson<ImportAnswer>(['import-predictions', images.folder, ...files]);

  it('equals a plain run, with no database in the folder before, and again changes nothing', async () => {
    const files = await slices(3);
    assert.equal(existsSync(images.file('.datavisor')), false);
    const { images: told, imported, changed, unknown, runs } = await merge(files);
    assert.deepEqual([told, imported, changed, unknown, runs.length], [IMAGES, IMAGES, 0, 0, 1]);
    assert.deepEqual(await everything(), plain);
    const again = await merge(files);
    assert.deepEqual([again.imported, again.runs], [0, []]);
    const others = await merge([...(await slices(2)), files[0]]);
    assert.deepEqual([others.imported, others.runs], [0, []]);
    assert.equal((await runJson(['tag', images.folder])).processed, 0);
    assert.deepEqual(await everything(), plain);
  });

  it('equals it from slices that overlap, in any order and in several imports', async () => {
    const [threes, twos] = [await slices(3), await slices(2)];
    await merge([twos[1], threes[0], threes[2]]);
    await merge([threes[1], twos[0]]);
    assert.deepEqual(await everything(), plain);
  });

  it('leaves no file when a slice is killed, and the repeated slice is the same to the byte', async () => {
    const [file] = await slices(1);
    const first = await readFile(file);
    await rm(file);
    const command = await atWork(file);
    command.signalGroup('SIGKILL');
    assert.equal((await command.end).signal, 'SIGKILL');
    assert.deepEqual(
      readdirSync(join(images.scratch, 'parts')).filter((name) => /0-of-1/.test(name)),
      [],
    );
    await slices(1);
    assert.deepEqual(await readFile(file), first);
    await merge([file]);
    assert.deepEqual(await everything(), plain);
  });

  it('leaves no file when it is cancelled', async () => {
    const file = part('cancelled');
    const command = await atWork(file);
    command.child.kill('SIGINT');
    assert.equal((await command.end).code, 130);
    assert.equal(existsSync(file), false);
  });

  it('says which file is damaged and changes nothing', async () => {
    const [good, bad] = await slices(2);
    await truncate(bad, 1000);
    const { code, message } = await runFailing(['import-predictions', images.folder, good, bad], 1);
    assert.equal(code, 'part-invalid');
    assert.ok(message.startsWith(bad), message);
    assert.equal((await runJson<{ total: number }>(['info', images.folder])).total, 0);
  });

  it('refuses what was said of an image that is another one now', async () => {
    const files = await slices(2);
    const before = await readFile(images.file('image-003.jpg'));
    await images.draw('image-003.jpg', 99);
    const { changed, imported } = await merge(files);
    assert.deepEqual([changed, imported], [1, IMAGES - 1]);
    await writeFile(images.file('image-003.jpg'), before);
    // The same bytes at another time: the file itself is read to know.
    const again = await merge(files);
    assert.deepEqual([again.changed, again.imported], [0, 1]);
    assert.deepEqual(await everything(), plain);
  });

  it('leaves alone what a person decided', async () => {
    const files = await slices(2);
    await runJson(['index', images.folder]);
    const name = 'image-000.jpg';
    await images.withDataset('write', async (dataset) => {
      const ids = Int32Array.of((await dataset.sampleIdByPath(name))!);
      await dataset.tagging.decide({ ids }, ['mine'], 'added');
      await dataset.tagging.decide({ ids }, ['dark', 'dim', 'normal', 'bright'], 'rejected');
    });
    await merge(files);
    const { known } = (await everything()) as { known: Record<string, { tags: string[] }> };
    assert.ok(known[name].tags.includes('mine'));
    assert.deepEqual(
      known[name].tags.filter((tag) => ['dark', 'dim', 'normal', 'bright'].includes(tag)),
      [],
    );
  });

  it('does the same with a model that comes as files', async () => {
    const replicas = join(images.scratch, 'replicas');
    for (const replica of encoderReplicas()) writeReplica(replica, replicas);
    const model = ['--provider', CLIP, '--model-dir', replicas, '--device', 'cpu'];
    await runJson(['tag', images.folder, ...model]);
    const whole = await everything();
    await rm(images.file('.datavisor'), { recursive: true, force: true });
    const files = await slices(2, ...model);
    assert.equal((await merge(files)).runs[0].model, CLIP);
    assert.deepEqual(await everything(), whole);
    assert.deepEqual((await merge(files)).runs, []);
    assert.equal((await runJson(['tag', images.folder, ...model])).processed, 0);
  });

  it('says what is wrong with a call', async () => {
    for (const wrong of [
      ['--shard', '2/2'],
      ['--shard', '0/0'],
      ['--shard', '1'],
      ['--shard', '-1/2'],
    ]) {
      const { code } = await runFailing(['tag', images.folder, ...wrong.slice(0, 1), wrong[1], '--out', 'x'], 2);
      assert.equal(code, 'usage');
    }
    assert.equal((await runFailing(['tag', images.folder, '--shard', '0/2'], 2)).code, 'usage');
    assert.equal((await runFailing(['import-predictions', images.folder], 2)).code, 'usage');
    const nowhere = join(images.scratch, 'nowhere', 'x.parquet');
    const { code } = await runFailing(['tag', images.folder, '--shard', '0/2', '--out', nowhere], 1);
    assert.equal(code, 'file-unwritable');
    assert.match((await runCommand(['help'])).stdout, /import-predictions/);
  });
});
