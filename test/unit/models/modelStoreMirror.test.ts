import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hubSettings } from '../../../src/core/models/hubSettings';
import { ModelStore } from '../../../src/core/models/modelStore';
import { tinyManifest } from '../../fixtures/models/tinyRepository';
import { download, failure, Q8_FILES, StoreScene } from './storeScene';

describe('model store: where files come from', () => {
  let scene: StoreScene;
  beforeEach(() => (scene = new StoreScene()));
  afterEach(() => scene.clean());

  it('sends the token to the hub, and not along to the CDN', async () => {
    const hub = await scene.hub();
    await download(scene.store(hub.url, { token: 'hf_secret' }));
    const byServer = (server: string) => hub.requests.filter((request) => request.server === server);
    assert.ok(byServer('hub').every(({ authorization }) => authorization === 'Bearer hf_secret'));
    assert.ok(byServer('cdn').length > 0);
    assert.ok(byServer('cdn').every(({ authorization }) => authorization === undefined));
  });

  it('sends no token where there is none', async () => {
    const hub = await scene.hub();
    await download(scene.store(hub.url));
    assert.ok(hub.requests.every(({ authorization }) => authorization === undefined));
  });

  it('asks for the pinned revision', async () => {
    const hub = await scene.hub();
    await download(scene.store(hub.url));
    assert.deepEqual([...new Set(hub.requests.map(({ revision }) => revision))], ['v1']);
  });

  it('works with a fetch that will not leave redirects to others, and says that no checksum was named', async () => {
    const hub = await scene.hub();
    const strict: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (response.status < 300 || response.status > 399) return response;
      await response.body?.cancel();
      throw new Error("Attempted to redirect, but redirect policy was 'manual'");
    };
    const installed = await download(scene.store(hub.url, { fetch: strict, token: 'hf_secret' }));
    assert.equal(installed.sourceVerified, 'first-download');
    scene.assertWhole(Q8_FILES);
    assert.ok(hub.requests.every(({ server, authorization }) => server === 'hub' || authorization === undefined));
  });

  it('tells what to do about a certificate that is not known', async () => {
    const error = new TypeError('fetch failed', {
      cause: Object.assign(new Error('self-signed certificate in certificate chain'), {
        code: 'SELF_SIGNED_CERT_IN_CHAIN',
      }),
    });
    const { message } = await failure(
      download(scene.store('https://hub.example', { fetch: () => Promise.reject(error) })),
    );
    assert.match(message, /self-signed certificate.*SELF_SIGNED_CERT_IN_CHAIN.*NODE_EXTRA_CA_CERTS/);
  });

  it('follows a repository that was renamed, and still knows the checksums', async () => {
    const hub = await scene.hub();
    const manifest = tinyManifest();
    const catalog = [{ ...manifest, weights: { ...manifest.weights!, repository: 'moved/tiny' } }];
    hub.fail('.onnx', { kind: 'wrong-bytes' }, 1);
    assert.equal((await failure(download(scene.store(hub.url, { catalog })))).code, 'download-corrupt');
    assert.equal((await download(scene.store(hub.url, { catalog, token: 'hf_secret' }))).sourceVerified, 'hub');
  });

  it('reads HF_ENDPOINT and HF_TOKEN', () => {
    assert.deepEqual(hubSettings({}), { endpoint: 'https://huggingface.co', token: undefined });
    assert.deepEqual(hubSettings({ HF_ENDPOINT: 'https://mirror.example/hf', HF_TOKEN: ' t ' }), {
      endpoint: 'https://mirror.example/hf',
      token: 't',
    });
  });

  it('uses a mirror whose address has a path', async () => {
    const hub = await scene.hub();
    const behind: typeof fetch = (url, init) => fetch((url as string).replace('/artifactory/hf/', '/'), init);
    await download(scene.store(`${hub.url}/artifactory/hf/`, { fetch: behind }));
    scene.assertWhole(Q8_FILES);
  });

  it('refuses an endpoint that is neither a URL nor a folder', async () => {
    for (const endpoint of ['huggingface.co', 'https://[hub', 'ftp://hub.example']) {
      assert.equal((await failure(download(scene.store(endpoint)))).code, 'endpoint-invalid', endpoint);
    }
  });

  for (const [what, endpoint] of [
    ['a folder', (folder: string) => folder],
    ['a file: URL', (folder: string) => pathToFileURL(folder).href],
  ] as const) {
    it(`copies from ${what}`, async () => {
      const installed = await download(scene.store(endpoint(scene.served)));
      scene.assertWhole(Q8_FILES);
      assert.equal(installed.sourceVerified, 'first-download');
    });
  }

  it('holds a mirrored folder of downloads against its ledger', async () => {
    const hub = await scene.hub();
    await download(scene.store(hub.url));
    const copy = new ModelStore({
      folder: join(scene.root, 'copy'),
      catalog: [tinyManifest()],
      endpoint: scene.models,
    });
    assert.equal((await download(copy)).sourceVerified, 'hub');
    await copy.remove('tiny');
    const weights = join(scene.folder, 'onnx/model_quantized.onnx');
    writeFileSync(weights, readFileSync(weights).fill(1, 300, 400));
    const error = await failure(download(copy));
    assert.equal(error.code, 'download-corrupt');
    assert.match(error.message, /SHA-256/);
  });

  it('says what a mirror lacks, before it copies', async () => {
    const error = await failure(download(scene.store(join(scene.root, 'nowhere'))));
    assert.equal(error.code, 'download-failed');
    assert.match(error.message, /There is no file .*nowhere.*a mirror.* may lack this model/);
  });

  it('says that the folder of the models cannot be written', async function () {
    if (process.getuid?.() === 0 && process.platform === 'win32') this.skip();
    writeFileSync(scene.models, 'a file where the folder should be');
    await assert.rejects(download(scene.store(scene.served)), /ENOTDIR|EEXIST|cannot be written/);
  });
});
