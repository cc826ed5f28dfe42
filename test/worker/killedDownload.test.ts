import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { TINY_FILES } from '../fixtures/models/tinyRepository';
import { download, Q8_FILES, StoreScene } from '../unit/models/storeScene';

const WEIGHTS = 'onnx/model_quantized.onnx';
const HALF = TINY_FILES[WEIGHTS].length >> 1;

describe('a download whose process is killed', () => {
  const script = join(process.cwd(), 'out', 'downloader.js');
  let scene: StoreScene;

  before(async () => {
    mkdirSync(join(process.cwd(), 'out'), { recursive: true });
    await build({
      entryPoints: ['test/worker/downloader.ts'],
      ...{ bundle: true, platform: 'node', format: 'cjs', outfile: script, logLevel: 'warning' },
    });
  });
  beforeEach(() => (scene = new StoreScene()));
  afterEach(() => scene.clean());

  function startDownload(endpoint: string): { gone: Promise<NodeJS.Signals | null>; kill(): void } {
    const child = fork(script, [scene.models, endpoint], { stdio: 'inherit' });
    const gone = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null);
    return { gone, kill: () => void child.kill('SIGKILL') };
  }

  it('is gone on with by the next one', async () => {
    const hub = await scene.hub();
    hub.fail('.onnx', { kind: 'stall' });
    const first = startDownload(hub.url);
    const size = (file: string) => statSync(join(scene.folder, file), { throwIfNoEntry: false })?.size;
    while (
      size(`${WEIGHTS}.part`) !== HALF ||
      size('tokenizer.json') === undefined ||
      size('config.json') === undefined
    ) {
      await sleep(10);
    }
    first.kill();
    assert.equal(await first.gone, 'SIGKILL');
    assert.ok(scene.files().includes('.datavisor.lock'), 'it was holding the folder');
    const store = scene.store(hub.url);
    await assert.rejects(store.find('tiny'), { code: 'model-missing' });
    assert.equal((await store.list())[0].partialBytes, HALF);

    hub.heal();
    hub.requests.length = 0;
    await download(store);
    scene.assertWhole(Q8_FILES);
    assert.equal(hub.bytesServed(WEIGHTS), TINY_FILES[WEIGHTS].length - HALF);
  });

  it('leaves a model that is whole or missing, whenever it is killed', async () => {
    const hub = await scene.hub();
    for (let round = 0; round < 6; round++) {
      const child = startDownload(hub.url);
      let over = false;
      void child.gone.then(() => (over = true));
      const asked = hub.requests.length;
      while (!over && hub.requests.length < asked + round) await sleep(1);
      child.kill();
      await child.gone;
      const found = await scene
        .store(hub.url)
        .find('tiny')
        .catch((error: unknown) => error);
      if (found instanceof Error) assert.equal('code' in found && found.code, 'model-missing');
      else scene.assertWhole(Q8_FILES);
    }
    await download(scene.store(hub.url));
    scene.assertWhole(Q8_FILES);
  });

  it('and two processes at once end with one whole model', async () => {
    const hub = await scene.hub();
    const both = [startDownload(hub.url), startDownload(hub.url)];
    await Promise.all(both.map(({ gone }) => gone));
    scene.assertWhole(Q8_FILES);
    assert.equal(hub.bytesServed(WEIGHTS), TINY_FILES[WEIGHTS].length, 'it came once');
  });
});
