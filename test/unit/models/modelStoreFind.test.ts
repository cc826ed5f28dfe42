import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TINY_FILES, tinyManifest, writeTinyFiles } from '../../fixtures/models/tinyRepository';
import { download, failure, FP32_FILES, Q8_FILES, StoreScene } from './storeScene';

const WEIGHTS = 'onnx/model_quantized.onnx';

describe('model store: what is on disk', () => {
  let scene: StoreScene;
  beforeEach(() => (scene = new StoreScene()));
  afterEach(() => scene.clean());

  /** Other bytes of the same length. */
  function alter(file: string, keepTime: boolean): void {
    const { atime, mtime } = statSync(file);
    writeFileSync(file, readFileSync(file).fill(1, 300, 400));
    if (keepTime) utimesSync(file, atime, mtime);
    else utimesSync(file, atime, new Date(mtime.getTime() + 5000));
  }

  it('says what is missing, how big it is, how to download it, and what to put where without network', async () => {
    const store = scene.store('https://hub.example');
    const { code, message } = await failure(store.find('tiny'));
    assert.equal(code, 'model-missing');
    assert.match(message, /The model Tiny \(tiny, q8\) is not on this machine/);
    assert.match(message, /about 430 KB/);
    assert.match(message, /datavisor models download tiny --dtype q8/);
    assert.match(message, /https:\/\/hub\.example\/acme\/tiny \(revision v1\)/);
    assert.ok(message.includes(scene.folder), 'where they go');
    for (const file of Q8_FILES) assert.ok(message.includes(file), file);
    assert.match(message, /--model-dir/);
  });

  it('says so when only some files are there', async () => {
    const hub = await scene.hub();
    await download(scene.store(hub.url));
    rmSync(join(scene.folder, 'tokenizer.json'));
    const { message } = await failure(scene.store(hub.url).find('tiny'));
    assert.match(message, /is not complete: 1 of its files is missing/);
    assert.match(message, /--model-dir: tokenizer\.json\.$/);
    await download(scene.store(hub.url));
    scene.assertWhole(Q8_FILES);
    assert.equal(hub.bytesServed(WEIGHTS), TINY_FILES[WEIGHTS].length, 'the others were not fetched again');
  });

  it('tells unknown models and dtypes from known ones', async () => {
    const store = scene.store('https://hub.example');
    assert.match((await failure(store.find('huge'))).message, /no model huge.*: tiny\./);
    assert.match((await failure(store.find('tiny', { dtype: 'q2' }))).message, /as q2\. It comes as: q8, fp32\./);
    assert.equal((await failure(download(store, { dtype: 'q2' }))).code, 'dtype-unknown');
  });

  it('takes the variant for the device, or the dtype asked for', async () => {
    const hub = await scene.hub();
    const store = scene.store(hub.url);
    await download(store, { dtype: 'fp32' });
    assert.equal((await store.find('tiny', { device: 'gpu' })).dtype, 'fp32');
    assert.equal((await store.find('tiny', { dtype: 'fp32' })).dtype, 'fp32');
    await assert.rejects(store.find('tiny', { device: 'cpu' }), { code: 'model-missing' });
    const [{ installed }] = await store.list();
    assert.equal(installed?.dtype, 'fp32');
    assert.equal(
      installed.bytes,
      FP32_FILES.reduce((sum, file) => sum + TINY_FILES[file].length, 0),
    );
    assert.equal(installed.folder, scene.folder);
  });

  it('notices at once that a file has another size', async () => {
    const hub = await scene.hub();
    const store = scene.store(hub.url);
    await download(store);
    appendFileSync(join(scene.folder, WEIGHTS), 'x');
    const { code, message } = await failure(store.find('tiny'));
    assert.equal(code, 'model-missing');
    assert.match(message, /model_quantized\.onnx has 400007 bytes, not 400006/);
    await download(store);
    scene.assertWhole(Q8_FILES);
  });

  it('notices another content of the same size by the time of the file', async () => {
    const hub = await scene.hub();
    const store = scene.store(hub.url);
    await download(store);
    alter(join(scene.folder, WEIGHTS), false);
    assert.match((await failure(store.find('tiny'))).message, /has another content than it should have/);
    await download(store);
    scene.assertWhole(Q8_FILES);
  });

  it('bears with another time of the same content', async () => {
    const hub = await scene.hub();
    await download(scene.store(hub.url));
    utimesSync(join(scene.folder, WEIGHTS), new Date(), new Date(Date.now() + 60_000));
    assert.equal((await scene.store(hub.url).find('tiny')).sourceVerified, 'hub');
  });

  it('finds by verify what neither size nor time tell', async () => {
    const hub = await scene.hub();
    const store = scene.store(hub.url);
    await download(store);
    assert.deepEqual(await store.verify('tiny'), []);
    const weights = join(scene.folder, WEIGHTS);
    const stats = statSync(weights);
    utimesSync(weights, stats.atime, stats.mtime); // whole milliseconds, which can be set again exactly
    await store.remove('tiny');
    await download(store);
    alter(weights, false);
    assert.deepEqual(await store.verify('tiny'), [{ path: WEIGHTS, why: 'has another content than it should have' }]);
    await assert.rejects(store.find('tiny'), { code: 'model-missing' }, 'the altered file is gone');
    await download(store);
    scene.assertWhole(Q8_FILES);
    assert.deepEqual(await store.verify('tiny'), []);
  });

  it('has nothing to verify where nothing is', async () => {
    await assert.rejects(scene.store('https://hub.example').verify('tiny'), { code: 'model-missing' });
  });

  it('counts files without a ledger as put there by hand, and looks into them', async () => {
    writeTinyFiles(scene.folder);
    const store = scene.store('https://hub.example');
    assert.equal((await store.find('tiny')).sourceVerified, 'local-folder');
    writeFileSync(join(scene.folder, WEIGHTS), TINY_FILES[WEIGHTS].subarray(0, 1000));
    assert.match((await failure(store.find('tiny'))).message, /not a whole ONNX model/);
    writeFileSync(join(scene.folder, WEIGHTS), 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4\n');
    assert.match((await failure(store.find('tiny'))).message, /placeholder of Git LFS.*git lfs pull/);
    writeFileSync(join(scene.folder, WEIGHTS), '<html>');
    assert.match((await failure(store.find('tiny'))).message, /a web page/);
  });

  it('knows by-hand files by the checksum of the manifest, where it has one', async () => {
    writeTinyFiles(scene.folder);
    const store = scene.store('https://hub.example', { catalog: [tinyManifest({ known: true })] });
    assert.equal((await store.find('tiny')).sourceVerified, 'manifest');
    alter(join(scene.folder, WEIGHTS), true);
    assert.match((await failure(store.find('tiny'))).message, /another content/);
  });

  it('survives a damaged ledger', async () => {
    const hub = await scene.hub();
    const store = scene.store(hub.url);
    await download(store);
    writeFileSync(join(scene.folder, '.datavisor.json'), '{"files":{"conf');
    assert.equal((await store.find('tiny')).sourceVerified, 'local-folder');
  });

  describe('in a folder that the user names', () => {
    const below = (...names: string[]): string => join(scene.root, 'mine', ...names);
    const find = (modelDir: string) => scene.store('https://hub.example').find('tiny', { modelDir });

    for (const [what, path] of [
      ['the repository itself', []],
      ['a folder of OWNER/NAME/REVISION', ['acme', 'tiny', 'v1']],
      ['a folder of OWNER/NAME', ['acme', 'tiny']],
      ['a folder of NAME', ['tiny']],
      ['the cache of huggingface_hub with the commit', ['models--acme--tiny', 'snapshots', 'v1']],
    ] as const) {
      it(`finds it in ${what}`, async () => {
        writeTinyFiles(below(...path));
        const found = await find(below());
        assert.equal(found.folder, below(...path));
        assert.equal(found.sourceVerified, 'local-folder');
      });
    }

    it('finds it in the cache of huggingface_hub by the name of a branch', async () => {
      const commit = 'a'.repeat(40);
      writeTinyFiles(below('models--acme--tiny', 'snapshots', commit));
      mkdirSync(below('models--acme--tiny', 'refs'));
      writeFileSync(below('models--acme--tiny', 'refs', 'v1'), commit);
      assert.equal((await find(below())).folder, below('models--acme--tiny', 'snapshots', commit));
    });

    it('says which files it lacks', async () => {
      writeTinyFiles(below());
      rmSync(below(WEIGHTS));
      rmSync(below('tokenizer.json'));
      const { code, message } = await failure(find(below()));
      assert.equal(code, 'model-missing');
      assert.ok(message.includes(`The folder ${below()} does not hold the model Tiny (tiny, q8)`));
      assert.match(message, /tokenizer\.json is missing, onnx\/model_quantized\.onnx is missing/);
      assert.doesNotMatch(message, /config\.json is missing/);
    });

    it('never touches it', async () => {
      writeTinyFiles(below());
      await find(below());
      await scene.store('https://hub.example').remove('tiny');
      await find(below());
    });
  });

  it('removes all that was downloaded, also parts, and nothing else', async () => {
    const hub = await scene.hub();
    const store = scene.store(hub.url);
    await download(store);
    hub.fail('model.onnx_data', { kind: 'truncated' });
    await failure(download(store, { dtype: 'fp32' }));
    assert.ok((await store.list())[0].partialBytes > 0);
    const other = join(scene.models, 'acme', 'other', 'v1', 'config.json');
    mkdirSync(dirname(other), { recursive: true });
    cpSync(join(scene.folder, 'config.json'), other);
    await store.remove('tiny');
    assert.deepEqual((await store.list())[0], { ...(await store.list())[0], installed: null, partialBytes: 0 });
    assert.equal(statSync(join(scene.models, 'acme', 'tiny'), { throwIfNoEntry: false }), undefined);
    assert.ok(statSync(other).isFile());
    await store.remove('tiny'); // twice is no failure
  });
});
