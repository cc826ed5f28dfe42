import assert from 'node:assert/strict';
import type { Fault } from '../../fixtures/models/hubFaults';
import { tinyManifest } from '../../fixtures/models/tinyRepository';
import { download, failure, IMPATIENT, Q8_FILES, StoreScene } from './storeScene';

const BROKE_OFF = /broke off: .*Try again\. What was received is kept/;
const THROWN_AWAY = /is not that file: .*thrown away/;

interface Case {
  readonly fault: Fault;
  /** Part of the path of the file that it befalls. */
  readonly file: string;
  readonly code: 'download-failed' | 'download-corrupt';
  readonly says: readonly RegExp[];
  /** Whether what came is kept, for the next try to go on from. */
  readonly kept?: boolean;
  /** Nobody can notice it without a checksum. */
  readonly needsChecksum?: boolean;
  readonly stallMs?: number;
}

const failed = (file: string, fault: Fault, ...says: RegExp[]): Case => ({
  file,
  fault,
  code: 'download-failed',
  says,
});
const corrupt = (file: string, fault: Fault, ...says: RegExp[]): Case => ({
  ...{ file, fault, code: 'download-corrupt', says: [THROWN_AWAY, ...says] },
});

const CASES: readonly Case[] = [
  { ...failed('.onnx', { kind: 'truncated' }, BROKE_OFF), kept: true },
  { ...failed('.onnx', { kind: 'reset' }, BROKE_OFF), kept: true },
  { ...failed('.onnx', { kind: 'stall' }, BROKE_OFF, /nothing was received for/), kept: true, stallMs: 300 },
  { ...failed('.onnx', { kind: 'silence' }, BROKE_OFF, /nothing was received for/), stallMs: 300 },
  failed('.onnx', { kind: 'status', status: 404 }, /There is no file http.*model_quantized\.onnx/, /HF_ENDPOINT/),
  failed('.onnx', { kind: 'status', status: 401 }, /HTTP status 401/, /HF_TOKEN/),
  failed('.onnx', { kind: 'status', status: 403 }, /HTTP status 403/, /accept them on its page/),
  failed('.onnx', { kind: 'status', status: 429 }, /HTTP status 429: too many requests/),
  failed('.onnx', { kind: 'status', status: 500 }, /HTTP status 500: the server has a problem/),
  failed('config.json', { kind: 'status', status: 500 }, /HTTP status 500: the server has a problem/),
  corrupt('.onnx', { kind: 'web-page', honest: true }, /a web page, such as the login page/),
  corrupt('.onnx', { kind: 'web-page' }, /a web page, such as the login page/),
  corrupt('.onnx', { kind: 'json' }, /it is JSON/),
  corrupt('.onnx', { kind: 'lfs-pointer' }, /placeholder of Git LFS/),
  corrupt('.onnx', { kind: 'too-long' }, /longer than the \d+ bytes|just before it had/),
  { ...corrupt('.onnx', { kind: 'padded' }, /SHA-256/), needsChecksum: true },
  { ...corrupt('.onnx', { kind: 'wrong-bytes' }, /SHA-256 is \w{64}, expected was \w{64}/), needsChecksum: true },
  corrupt('tokenizer.json', { kind: 'web-page', honest: true }, /a web page/),
  corrupt('tokenizer.json', { kind: 'web-page' }, /a web page/),
  corrupt('tokenizer.json', { kind: 'padded' }, /not whole JSON/),
  corrupt('config.json', { kind: 'wrong-bytes' }, /not whole JSON|checksum/),
  { ...failed('tokenizer.json', { kind: 'truncated' }, BROKE_OFF), kept: true },
];

describe('model store: a hub that misbehaves', () => {
  let scene: StoreScene;
  beforeEach(() => (scene = new StoreScene()));
  afterEach(() => scene.clean());

  for (const { fault, file, code, says, kept, needsChecksum, stallMs } of CASES) {
    const what = fault.kind === 'status' ? `status ${fault.status}` : fault.kind;
    for (const namesChecksums of needsChecksum ? [true] : [true, false]) {
      it(`${what} of ${file} from ${namesChecksums ? 'the hub' : 'a plain file server'}`, async () => {
        const hub = await scene.hub({ namesChecksums });
        hub.fail(file, fault);
        const patience = { ...IMPATIENT, stallMs: stallMs ?? IMPATIENT.stallMs };
        const error = await failure(download(scene.store(hub.url, { patience })));
        assert.equal(error.code, code, error.message);
        for (const text of says) assert.match(error.message, text);
        const parts = scene.files().filter((name) => name.endsWith('.part') && name.includes(file));
        assert.equal(parts.length, kept ? 1 : 0, `kept: ${parts.join()}`);
        await assert.rejects(scene.store(hub.url).find('tiny'), { code: 'model-missing' });

        hub.heal();
        const installed = await download(scene.store(hub.url));
        scene.assertWhole(Q8_FILES);
        assert.equal(installed.sourceVerified, namesChecksums ? 'hub' : 'first-download');
      });
    }
  }

  it('half of the weights from a server that announces no length', async () => {
    for (const namesChecksums of [true, false]) {
      const hub = await scene.hub({ namesChecksums });
      hub.fail('.onnx', { kind: 'truncated-unannounced' });
      const error = await failure(download(scene.store(hub.url)));
      // With HEAD's length the rest is fetched next time.
      assert.match(error.code, /^download-(failed|corrupt)$/);
      hub.heal();
      await download(scene.store(hub.url));
      scene.assertWhole(Q8_FILES);
      await scene.store(hub.url).remove('tiny');
    }
  });

  it('half of the weights from a server that knows no HEAD and announces no length', async () => {
    const hub = await scene.hub({ namesChecksums: false });
    hub.fail('.onnx', { kind: 'truncated-unannounced' });
    const noHead: typeof fetch = (url, init) =>
      init?.method === 'HEAD' ? Promise.resolve(new Response(null, { status: 405 })) : fetch(url, init);
    const error = await failure(download(scene.store(hub.url, { fetch: noHead })));
    assert.equal(error.code, 'download-corrupt');
    assert.match(error.message, /not a whole ONNX model/);
    const beside = await failure(download(scene.store(hub.url, { fetch: noHead }), { dtype: 'fp32' }));
    assert.match(beside.message, /does not say how long it is|not a whole ONNX model/);
    hub.heal();
    await download(scene.store(hub.url, { fetch: noHead }));
    scene.assertWhole(Q8_FILES);
  });

  it('altered weights of the same size, when the manifest knows the checksum', async () => {
    const hub = await scene.hub({ namesChecksums: false });
    hub.fail('.onnx', { kind: 'wrong-bytes' });
    const catalog = [tinyManifest({ known: true })];
    const error = await failure(download(scene.store(hub.url, { catalog })));
    assert.equal(error.code, 'download-corrupt');
    assert.match(error.message, /SHA-256/);
    hub.heal();
    assert.equal((await download(scene.store(hub.url, { catalog }))).sourceVerified, 'manifest');
    scene.assertWhole(Q8_FILES);
  });

  it('no hub at all', async () => {
    const hub = await scene.hub();
    const { url } = hub;
    await hub.close();
    const error = await failure(download(scene.store(url)));
    assert.equal(error.code, 'download-failed');
    assert.match(error.message, /cannot be reached: .*ECONNREFUSED/);
    assert.match(error.message, /Check the network/);
  });

  it('stops the other files when one fails', async () => {
    const hub = await scene.hub();
    hub.fail('model.onnx_data', { kind: 'stall' });
    hub.fail('tokenizer.json', { kind: 'web-page' });
    const error = await failure(download(scene.store(hub.url), { dtype: 'fp32' }));
    assert.equal(error.code, 'download-corrupt', 'what failed is told, not that the others were stopped');
    assert.match(error.message, /tokenizer\.json/);
    hub.heal();
    await download(scene.store(hub.url), { dtype: 'fp32' });
  });

  it('finds out before the first file that one is missing', async () => {
    const hub = await scene.hub();
    hub.fail('model.onnx_data', { kind: 'status', status: 404 });
    await assert.rejects(download(scene.store(hub.url), { dtype: 'fp32' }), { code: 'download-failed' });
    assert.equal(hub.bytesServed('model.onnx'), 0);
  });

  it('says that the disk is full before it is', async () => {
    const hub = await scene.hub();
    const error = await failure(download(scene.store(hub.url, { freeBytes: async () => 100_300_000 })));
    assert.equal(error.code, 'disk-full');
    assert.match(error.message, /4\d\d KB are to be downloaded.*DATAVISOR_MODELS/);
    assert.equal(hub.bytesServed(), 0);
    await download(scene.store(hub.url, { freeBytes: async () => 200_000_000 }));
    scene.assertWhole(Q8_FILES);
  });
});
