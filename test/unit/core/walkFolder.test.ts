import * as assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { IgnoreRules, type LeftOutReason } from '../../../src/core/ignoreRules';
import { walkFolder, type WalkedFile } from '../../../src/core/walkFolder';

describe('walkFolder', () => {
  let scratch: string;
  let root: string;

  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'dv-walk-'));
    root = join(scratch, 'photos');
    await mkdir(root);
  });
  afterEach(() => rm(scratch, { recursive: true }));

  async function write(path: string, text = 'x'): Promise<void> {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  async function walk(options: { exclude?: string[]; under?: string; signal?: AbortSignal } = {}) {
    const files: WalkedFile[] = [];
    const leftOut: [string, LeftOutReason][] = [];
    const unreadable: string[] = [];
    const walked = walkFolder(root, {
      rules: new IgnoreRules(root, options.exclude ?? []),
      under: options.under,
      signal: options.signal,
      onUnreadable: (path) => unreadable.push(path),
      onLeftOut: (path, reason) => leftOut.push([path, reason]),
    });
    for await (const file of walked) files.push(file);
    return { files, paths: files.map(({ path }) => path), leftOut, unreadable };
  }

  it('finds images by their extension, in the order of names, files before subfolders', async () => {
    for (const name of ['b.JPG', 'a.png', 'z/q.avif', 'm/n/o.webp', 'm/x.tiff', 'c.gif', 'd.jfif']) await write(name);
    for (const name of ['notes.txt', 'drawing.svg', 'raw.heic', 'jpg', 'x.jpg.part']) await write(name);
    const { paths } = await walk();
    assert.deepEqual(paths, ['a.png', 'b.JPG', 'c.gif', 'd.jfif', 'm/x.tiff', 'm/n/o.webp', 'z/q.avif']);
  });

  it('gives size and time in whole milliseconds', async () => {
    await write('a.jpg', 'hello');
    await utimes(join(root, 'a.jpg'), 1000, 1234.5678);
    assert.deepEqual((await walk()).files, [{ path: 'a.jpg', size: 5, mtimeMs: 1_234_568 }]);
  });

  it('leaves hidden files and folders out', async () => {
    for (const name of ['.hidden.jpg', '.git/a.jpg', '.datavisor/thumbnails/1.jpg', 'a.jpg']) await write(name);
    const { paths, leftOut } = await walk();
    assert.deepEqual(paths, ['a.jpg']);
    assert.deepEqual(leftOut, [
      ['.datavisor', 'hidden'],
      ['.git', 'hidden'],
      ['.hidden.jpg', 'hidden'],
    ]);
  });

  it('looks into a folder whose name ends like an image', async () => {
    await write('album.jpg/a.png');
    assert.deepEqual((await walk()).paths, ['album.jpg/a.png']);
  });

  it('honours .gitignore files, deeper ones over those above', async () => {
    await write('.gitignore', '*.png\n# comment\nbuild/\n/top.jpg\nkept/*\n!kept/yes.gif\ndeep/off\n');
    await write('deep/.gitignore', '!wanted.png\n/only-here.jpg\noff.gif\n');
    const ignored = ['a.png', 'x/b.png', 'build/c.jpg', 'x/build/d.jpg', 'top.jpg', 'kept/no.gif', 'deep/off/a.jpg'];
    const ignoredDeep = ['deep/only-here.jpg', 'deep/er/off.gif'];
    const wanted = ['x/top.jpg', 'kept/yes.gif', 'deep/wanted.png', 'deep/er/wanted.png', 'deep/er/only-here.jpg'];
    for (const name of [...ignored, ...ignoredDeep, ...wanted, 'off.gif']) await write(name);
    const { paths } = await walk();
    assert.deepEqual(paths.sort(), [...wanted, 'off.gif'].sort());
  });

  it('takes everything of a folder that a deeper .gitignore wants back', async () => {
    await write('.gitignore', 'out/\n');
    await write('a/.gitignore', '!out/\n');
    await write('a/out/in.jpg');
    await write('b/out/gone.jpg');
    assert.deepEqual((await walk()).paths, ['a/out/in.jpg']);
  });

  it('reads patterns literally where the folder of a .gitignore has special characters', async () => {
    await write('a [1] !#*/.gitignore', 'x.jpg\n');
    await write('a [1] !#*/x.jpg');
    await write('a [1] !#*/y.jpg');
    await write('a 1 !#/x.jpg');
    assert.deepEqual((await walk()).paths, ['a 1 !#/x.jpg', 'a [1] !#*/y.jpg']);
  });

  it('does not look at ignore files above the folder', async () => {
    await writeFile(join(scratch, '.gitignore'), 'photos/\n*.jpg\n');
    await write('a.jpg');
    assert.deepEqual((await walk()).paths, ['a.jpg']);
  });

  it('leaves out what matches a glob, with all that lies below', async () => {
    for (const name of ['a.jpg', 'node_modules/b.jpg', 'x/node_modules/c.jpg', 'x/tmp-1.jpg', 'x/d.jpg'])
      await write(name);
    const { paths, leftOut } = await walk({ exclude: ['**/node_modules', '**/tmp-*', ''] });
    assert.deepEqual(paths, ['a.jpg', 'x/d.jpg']);
    assert.ok(leftOut.some(([path, reason]) => path === 'x/node_modules' && reason === 'excluded'));
  });

  it('survives links in a circle and follows each target once', async () => {
    await write('a/one.jpg');
    await symlink(root, join(root, 'a', 'loop'));
    await symlink(scratch, join(root, 'above'));
    await symlink('self', join(root, 'self'));
    await symlink(join(root, 'a'), join(root, 'again'));
    await symlink(join(root, 'nowhere.jpg'), join(root, 'dangling.jpg'));
    const outside = join(scratch, 'outside');
    await mkdir(join(outside, 'sub'), { recursive: true });
    await writeFile(join(outside, 'two.jpg'), 'x');
    await writeFile(join(outside, 'sub', 'three.jpg'), 'x');
    await symlink(outside, join(outside, 'sub', 'back'));
    await symlink(outside, join(root, 'linked'));
    await symlink(outside, join(root, 'linked-too'));
    const { paths, unreadable } = await walk();
    assert.deepEqual(paths, ['a/one.jpg', 'linked/two.jpg', 'linked/sub/three.jpg']);
    assert.deepEqual(unreadable, []);
  });

  it('follows a link to a file that is not found by its own name', async () => {
    await write('a.jpg');
    await write('.store/object', 'content');
    await writeFile(join(scratch, 'outside.png'), 'x');
    await symlink(join(root, 'a.jpg'), join(root, 'same-as-a.jpg'));
    await symlink(join('.store', 'object'), join(root, 'annexed.jpg'));
    await symlink(join(scratch, 'outside.png'), join(root, 'one.png'));
    await symlink(join(scratch, 'outside.png'), join(root, 'two.png'));
    const { files } = await walk();
    assert.deepEqual(
      files.map(({ path, size }) => [path, size]),
      [
        ['a.jpg', 1],
        ['annexed.jpg', 7],
        ['one.png', 1],
      ],
    );
  });

  it('keeps odd names as they are', async () => {
    const names = [`${'é'.repeat(125)}.jpg`, 'a"b\'c.jpg', 'emoji 😀.png', '-dash.jpg', '$(x).jpg'];
    if (process.platform !== 'win32') names.push('line\nbreak.jpg', 'back\\slash.gif', 'tab\tand *?[x].jpg');
    for (const name of names) await write(name);
    assert.deepEqual((await walk()).paths.sort(), names.sort());
  });

  it('starts below a subfolder when asked to, with the rules of those above', async () => {
    await write('.gitignore', 'x.jpg\n');
    for (const name of ['a.jpg', 'sub/b.jpg', 'sub/x.jpg', 'sub/deep/c.jpg']) await write(name);
    assert.deepEqual((await walk({ under: 'sub' })).paths, ['sub/b.jpg', 'sub/deep/c.jpg']);
  });

  it('stops when its signal is aborted', async () => {
    await write('a.jpg');
    const reason = new Error('enough');
    await assert.rejects(walk({ signal: AbortSignal.abort(reason) }), reason);
  });

  it('goes on when a folder vanishes meanwhile', async () => {
    await write('a.jpg');
    await write('b/c.jpg');
    const paths: string[] = [];
    const walked = walkFolder(root, {
      rules: new IgnoreRules(root, []),
      onUnreadable: (path, error) => assert.fail(`${path}: ${error.message}`),
    });
    for await (const { path } of walked) {
      paths.push(path);
      if (path === 'a.jpg') await rename(join(root, 'b'), join(scratch, 'elsewhere'));
    }
    assert.deepEqual(paths, ['a.jpg']);
  });
});
