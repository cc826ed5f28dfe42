import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { ModelStore } from '../../../src/core/models/modelStore';
import type { LoopbackHub } from '../../fixtures/models/loopbackHub';
import { TINY_FILES } from '../../fixtures/models/tinyRepository';
import { download, failure, IMPATIENT, Q8_FILES, StoreScene } from './storeScene';

const WEIGHTS = 'onnx/model_quantized.onnx';
const WHOLE = TINY_FILES[WEIGHTS].length;
const HALF = WHOLE >> 1;

describe('model store: going on with a download', () => {
  let scene: StoreScene;
  beforeEach(() => (scene = new StoreScene()));
  afterEach(() => scene.clean());

  /** Pauses when half of the weights are there. */
  async function pauseHalfway(store: ModelStore, hub: LoopbackHub): Promise<void> {
    hub.fail('.onnx', { kind: 'stall' });
    const pause = new AbortController();
    const reason = new Error('paused');
    const others = TINY_FILES['config.json'].length + TINY_FILES['tokenizer.json'].length;
    const sizeOf = (file: string) => statSync(join(scene.folder, file), { throwIfNoEntry: false })?.size;
    const poll = setInterval(() => {
      const arrived = ['config.json', 'tokenizer.json'].every((file) => sizeOf(file) !== undefined);
      if (arrived && sizeOf(`${WEIGHTS}.part`) === HALF) pause.abort(reason);
    }, 5);
    await assert.rejects(download(store, { signal: pause.signal }), reason).finally(() => clearInterval(poll));
    hub.heal();
    assert.equal((await store.list())[0].partialBytes, HALF);
    assert.ok(hub.bytesServed() >= HALF + others);
  }

  for (const namesChecksums of [true, false]) {
    const from = namesChecksums ? 'the hub' : 'a plain file server';

    it(`fetches only the rest after a pause, from ${from}`, async () => {
      const hub = await scene.hub({ namesChecksums });
      const store = scene.store(hub.url);
      await pauseHalfway(store, hub);
      hub.requests.length = 0;
      await download(store);
      scene.assertWhole(Q8_FILES);
      assert.equal(hub.bytesServed(), WHOLE - HALF);
      assert.deepEqual(
        hub.requests
          .filter(({ method, bytes }) => method === 'GET' && bytes > 0)
          .map(({ path, range }) => [path, range]),
        [[WEIGHTS, `bytes=${HALF}-`]],
      );
      assert.equal((await store.list())[0].partialBytes, 0);
    });

    for (const fault of [null, 'if-range-ignored'] as const) {
      it(`begins anew when the file has changed meanwhile, from ${from}${fault ? ' that ignores If-Range' : ''}`, async () => {
        const hub = await scene.hub({ namesChecksums });
        const store = scene.store(hub.url);
        await pauseHalfway(store, hub);
        const changed = Buffer.from(TINY_FILES[WEIGHTS]);
        changed.fill(7, 100, 200);
        changed.fill(7, WHOLE - 200, WHOLE - 100);
        writeFileSync(join(scene.served, 'acme', 'tiny', WEIGHTS), changed);
        if (fault) hub.fail('.onnx', { kind: fault });
        await download(store);
        assert.ok(readFileSync(join(scene.folder, WEIGHTS)).equals(changed));
      });
    }

    it(`takes the whole where Range is ignored, from ${from}`, async () => {
      const hub = await scene.hub({ namesChecksums });
      const store = scene.store(hub.url);
      await pauseHalfway(store, hub);
      hub.fail('.onnx', { kind: 'range-ignored' });
      await download(store);
      scene.assertWhole(Q8_FILES);
    });

    it(`goes on by itself when a connection breaks, from ${from}`, async () => {
      const hub = await scene.hub({ namesChecksums });
      hub.fail('.onnx', { kind: 'truncated' }, 1);
      await download(scene.store(hub.url, { patience: { ...IMPATIENT, retries: 1 } }));
      scene.assertWhole(Q8_FILES);
      const ranges = hub.requests.flatMap(({ range }) => range ?? []);
      const [start] = ranges.map((range) => Number(/^bytes=(\d+)-$/.exec(range)?.[1]));
      assert.ok(start > 0 && start <= HALF, `it went on from byte ${start}`); // the last bytes sent may be lost
    });
  }

  it('tries again when the server is busy, as long as patience lasts', async () => {
    const hub = await scene.hub();
    hub.fail('tokenizer.json', { kind: 'status', status: 503 }, 2);
    const patience = { ...IMPATIENT, retries: 2 };
    await download(scene.store(hub.url, { patience }));
    scene.assertWhole(Q8_FILES);
  });

  it('gives up on a server that always breaks off at the same place', async () => {
    const hub = await scene.hub();
    hub.fail('.onnx', { kind: 'truncated' });
    const error = await failure(download(scene.store(hub.url, { patience: { ...IMPATIENT, retries: 2 } })));
    assert.equal(error.code, 'download-failed');
    const tries = hub.requests.filter(({ server, method }) => server === 'cdn' && method === 'GET').length;
    // The last bytes before the break are sometimes lost, so that a later try may still get a little further.
    assert.ok(tries >= 3 && tries < 20, `${tries} tries`);
  });

  it('begins anew when it is not known what a part is of', async () => {
    const hub = await scene.hub();
    const store = scene.store(hub.url);
    await pauseHalfway(store, hub);
    writeFileSync(join(scene.folder, `${WEIGHTS}.part.json`), '{"size":');
    await download(store);
    scene.assertWhole(Q8_FILES);
  });

  it('notices at the end that the first part was altered, and begins anew next time', async () => {
    const hub = await scene.hub();
    const store = scene.store(hub.url);
    await pauseHalfway(store, hub);
    const part = join(scene.folder, `${WEIGHTS}.part`);
    writeFileSync(part, readFileSync(part).fill(0, 1000, 2000));
    assert.equal((await failure(download(store))).code, 'download-corrupt');
    await download(store);
    scene.assertWhole(Q8_FILES);
  });

  it('takes a part that is longer than the file for none', async () => {
    const hub = await scene.hub();
    const store = scene.store(hub.url);
    await pauseHalfway(store, hub);
    truncateSync(join(scene.folder, `${WEIGHTS}.part`), WHOLE + 10);
    await download(store);
    scene.assertWhole(Q8_FILES);
  });

  it('does not fetch again what was complete and only not verified yet', async () => {
    const hub = await scene.hub();
    const store = scene.store(hub.url);
    await pauseHalfway(store, hub);
    writeFileSync(join(scene.folder, `${WEIGHTS}.part`), TINY_FILES[WEIGHTS]);
    hub.requests.length = 0;
    await download(store);
    scene.assertWhole(Q8_FILES);
    assert.equal(hub.bytesServed(), 0);
  });

  it('downloads once when asked twice at the same time', async () => {
    const hub = await scene.hub();
    const both = await Promise.all([download(scene.store(hub.url)), download(scene.store(hub.url))]);
    assert.deepEqual(both[0], both[1]);
    assert.equal(hub.bytesServed('.onnx'), WHOLE);
    scene.assertWhole(Q8_FILES);
  });

  describe('when another process holds the folder', () => {
    const hold = (content: string): void => {
      const lock = join(scene.folder, '.datavisor.lock');
      mkdirSync(dirname(lock), { recursive: true });
      writeFileSync(lock, content);
    };

    it('waits while that one lives, and can be cancelled meanwhile', async () => {
      const hub = await scene.hub();
      hold(`${process.pid} ${hostname()} another`);
      const cancel = new AbortController();
      const waiting = scene.store(hub.url).download('tiny', {
        signal: cancel.signal,
        progress: () => cancel.abort(new Error('enough')),
      });
      await assert.rejects(waiting, /enough/);
      assert.equal(hub.requests.length, 0);
      await assert.rejects(scene.store(hub.url).remove('tiny'), { code: 'model-busy' });
    });

    it('takes over when that one is dead', async () => {
      const hub = await scene.hub();
      hold(`2147483646 ${hostname()} dead`);
      await download(scene.store(hub.url));
      scene.assertWhole(Q8_FILES);
    });
  });

  it('sweeps what killed downloads left and nobody will go on with', async () => {
    const hub = await scene.hub();
    mkdirSync(join(scene.folder, 'onnx'), { recursive: true });
    for (const file of ['onnx/model_q4.onnx.part', 'onnx/model_q4.onnx.part.json', '.datavisor.json.1234.tmp']) {
      writeFileSync(join(scene.folder, file), 'left');
    }
    await download(scene.store(hub.url));
    scene.assertWhole(Q8_FILES);
  });

  it('sweeps what a part was of when the kill came just after the file had got its name', async () => {
    const hub = await scene.hub();
    await download(scene.store(hub.url));
    rmSync(join(scene.folder, 'onnx/model_quantized.onnx'));
    writeFileSync(join(scene.folder, 'config.json.part.json'), 'left');
    await download(scene.store(hub.url));
    scene.assertWhole(Q8_FILES);
  });

  it('reports progress up to the whole', async () => {
    const hub = await scene.hub();
    const total = Q8_FILES.reduce((sum, file) => sum + TINY_FILES[file].length, 0);
    const seen: { receivedBytes: number; totalBytes: number }[] = [];
    const progress = (step: { receivedBytes: number; totalBytes: number }): void => void seen.push(step);
    await scene.store(hub.url).download('tiny', { signal: new AbortController().signal, progress });
    assert.ok(seen.length >= 2);
    assert.ok(seen.every(({ totalBytes }) => totalBytes === total));
    assert.equal(seen.at(-1)?.receivedBytes, total);
    assert.deepEqual(
      seen.map(({ receivedBytes }) => receivedBytes),
      seen.map(({ receivedBytes }) => receivedBytes).sort((a, b) => a - b),
    );
  });
});
