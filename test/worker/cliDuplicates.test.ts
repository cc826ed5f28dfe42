import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { renderPhoto } from '../bench/renderPhoto';
import { runCommand } from './commandLine';
import { ScratchImages } from './scratchImages';

const SIDES = { width: 400, height: 300 };

interface DuplicatesAnswer {
  groups: number;
  spare: number;
  exact: number;
  near: number;
  leaks: number;
  searches: { model: string; least: number; pairs: number }[];
  duplicates: {
    kind: string;
    foundBy: string | null;
    likeness: number;
    splits: string[];
    keep: string;
    images: { path: string; foundBy: string | null; likeness: number; transform: string | null }[];
  }[];
}

describe('`datavisor duplicates`', function () {
  this.timeout(120_000);
  let images: ScratchImages;
  beforeEach(async () => {
    images = await ScratchImages.make();
    for (const folder of ['train', 'val']) await mkdir(images.file(folder));
    for (let seed = 1; seed <= 8; seed++) {
      await photo(seed)
        .jpeg({ quality: 92 })
        .toFile(images.file(`train/${seed}.jpg`));
    }
    await copyFile(images.file('train/1.jpg'), images.file('train/1 copy.jpg'));
    await photo(2).resize(200).jpeg().toFile(images.file('val/small.jpg'));
    await photo(3).flop().jpeg({ quality: 92 }).toFile(images.file('val/mirrored.jpg'));
    await photo(4).rotate(270).png().toFile(images.file('train/turned.png'));
  });
  afterEach(() => images.clean());

  const photo = (seed: number) =>
    sharp(renderPhoto(SIDES.width, SIDES.height, seed), { raw: { ...SIDES, channels: 3 } });

  async function ask(...options: string[]): Promise<{ code: number | null; answer: DuplicatesAnswer }> {
    const { code, stdout } = await runCommand(['duplicates', images.folder, ...options, '--json']);
    return { code, answer: JSON.parse(stdout) as DuplicatesAnswer };
  }

  it('lists groups with the one to keep, leaks with an exit code of their own, and removes nothing', async () => {
    await runCommand(['embed', images.folder]);
    const before = await readdir(images.folder, { recursive: true });
    const { code, answer } = await ask();
    assert.equal(code, 0);
    assert.deepEqual(
      [answer.groups, answer.exact, answer.near, answer.leaks, answer.spare],
      [2, 1, 1, 1, 2],
      JSON.stringify(answer.duplicates),
    );
    assert.deepEqual(
      answer.duplicates.map(({ kind, keep }) => [kind, keep]),
      [
        ['exact', 'train/1.jpg'],
        ['near', 'train/2.jpg'],
      ],
    );
    const leaks = await ask('--leaks');
    assert.equal(leaks.code, 3);
    assert.deepEqual(
      leaks.answer.duplicates.map(({ splits }) => splits),
      [['train', 'val']],
    );
    const list = join(images.scratch, 'list.txt');
    const text = await runCommand(['duplicates', images.folder, '--list', list]);
    assert.match(text.stdout, /train\/2\.jpg {2}keep: the most pixels, 400 × 300/);
    assert.deepEqual((await readFile(list, 'utf8')).trim().split('\n'), ['train/1 copy.jpg', 'val/small.jpg']);
    const after = await readdir(images.folder, { recursive: true });
    assert.deepEqual(after.sort(), before.sort());
  });

  it('finds mirrored and turned copies when it is asked to', async () => {
    await runCommand(['embed', images.folder]);
    const transforms = ({ duplicates }: DuplicatesAnswer) =>
      duplicates.flatMap((group) => group.images.flatMap(({ transform }) => transform ?? [])).sort();
    assert.deepEqual(transforms((await ask('--flips')).answer), ['mirrored']);
    assert.deepEqual(transforms((await ask('--rotations')).answer), ['mirrored', 'turned-90']);
    await runCommand(['embed', images.folder]); // which does not look for them, and forgets none
    assert.deepEqual(transforms((await ask()).answer), ['mirrored', 'turned-90']);
    const { answer } = await ask('--flips', '--rotations');
    assert.deepEqual(transforms(answer), ['mirrored', 'turned-90']);
    assert.equal(answer.leaks, 2);
  });

  it('finds a copy in other colours by its light', async () => {
    const otherColours: [[number, number, number], [number, number, number], [number, number, number]] = [
      [0.3, 0.7, 0],
      [0, 0.3, 0.7],
      [0.7, 0, 0.3],
    ];
    await photo(8).recomb(otherColours).jpeg({ quality: 90 }).toFile(images.file('val/other.jpg'));
    await runCommand(['embed', images.folder]);
    const { answer } = await ask();
    const group = answer.duplicates.find((one) => one.images.some(({ path }) => path === 'val/other.jpg'));
    assert.deepEqual(group?.images.map(({ path }) => path).sort(), ['train/8.jpg', 'val/other.jpg']);
    assert.equal(group?.foundBy, 'perceptual-hash', JSON.stringify(group));
  });

  it('looks by the vectors of a model, again when there are more, until it is told to forget', async () => {
    await runCommand(['embed', images.folder]);
    const { code, answer } = await ask('--by', 'visual-look', '--least', '60');
    assert.equal(code, 0);
    const [search] = answer.searches;
    assert.deepEqual({ ...search, pairs: 0 }, { model: 'visual-look', least: 60, pairs: 0 });
    assert.ok(search.pairs > 0);
    assert.deepEqual((await ask()).answer, answer); // kept
    await photo(6).resize(200).jpeg().toFile(images.file('val/again.jpg'));
    await runCommand(['run', images.folder]);
    const [repeated] = (await ask()).answer.searches;
    assert.ok(repeated.pairs > search.pairs, `${repeated.pairs} of ${search.pairs} before`);
    const forgotten = (await ask('--forget', 'visual-look')).answer;
    assert.deepEqual(forgotten.searches, []);
    assert.equal(forgotten.near, 2);
  });

  it('says which model has embedded nothing', async () => {
    await runCommand(['embed', images.folder]);
    const { code, stderr } = await runCommand(['duplicates', images.folder, '--by', 'dinov2-small']);
    assert.equal(code, 1);
    assert.match(stderr, /dinov2-small has embedded nothing here/);
    const forgotten = await runCommand(['duplicates', images.folder, '--forget', 'sign-code']);
    assert.equal(forgotten.code, 1);
    assert.match(forgotten.stderr, /Nothing was looked for by sign-code here/);
  });

  it('refuses what is wrong usage', async () => {
    assert.equal((await runCommand(['duplicates', images.folder, '--delete'])).code, 2);
    assert.equal((await runCommand(['duplicates', images.folder, '--list', ''])).code, 2);
    for (const wrong of [
      ['--least', '90'],
      ['--by', ''],
      ['--by', 'clip', '--least', '101'],
      ['--by', 'a', '--forget', 'a'],
    ]) {
      assert.equal((await runCommand(['duplicates', images.folder, ...wrong])).code, 2, wrong.join(' '));
    }
    assert.equal((await runCommand(['duplicates', images.folder])).code, 1); // not indexed
  });
});
