import * as assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import sharp from 'sharp';
import { readCatalog } from '../../src/core/models/catalog';
import { ModelStore } from '../../src/core/models/modelStore';
import { readManifest } from '../../src/protocol/modelManifest';
import { clipReplica } from '../fixtures/models/clipReplica';
import { writeReplica } from '../fixtures/models/modelFolder';
import { startWorker, type RunningWorker } from './imageWorkerProcess';
import { SETTING, VECTOR_ONLY } from './modelRequests';

const REPOSITORY = 'somebody/photo-clip';

describe('a new model of a known family', function () {
  this.timeout(120_000);
  let scratch: string;
  let worker: RunningWorker;

  before(() => {
    scratch = mkdtempSync(join(tmpdir(), 'datavisor-new-model-'));
    worker = startWorker();
  });

  after(async () => {
    worker.process.disconnect();
    await worker.exited;
    rmSync(scratch, { recursive: true, force: true });
  });

  it('is one manifest: it is listed, fetched and answers', async () => {
    const catalog = join(scratch, 'catalog');
    mkdirSync(catalog);
    const clip = readManifest(JSON.parse(readFileSync(join('models', 'clip-vit-base-patch32.json'), 'utf8')));
    const weights = { ...clip.weights!, repository: REPOSITORY, revision: 'main' };
    const manifest = { ...clip, name: 'photo-clip', title: 'Photo CLIP', weights };
    writeFileSync(join(catalog, 'photo-clip.json'), JSON.stringify(manifest));
    const mirror = join(scratch, 'mirror');
    writeReplica({ ...clipReplica(), repository: REPOSITORY }, mirror);

    const store = new ModelStore({
      folder: join(scratch, 'models'),
      catalog: readCatalog(catalog, (line) => assert.fail(line)),
      endpoint: mirror,
    });
    const [listed] = await store.list();
    assert.deepEqual([listed.manifest.name, listed.installed], ['photo-clip', null]);
    const { signal } = new AbortController();
    const { folder, dtype } = await store.download('photo-clip', { signal, progress: () => undefined });

    const image = join(scratch, 'lamp.jpg');
    const background = { r: 255, g: 120, b: 40 };
    await sharp({ create: { width: 320, height: 240, channels: 3, background } })
      .jpeg()
      .toFile(image);
    const { answers } = await worker.api.askModel({
      model: { name: 'photo-clip', weights: listed.manifest.weights!, folder, dtype, device: 'cpu' },
      items: [{ id: 1, path: image }],
      questions: { ...VECTOR_ONLY, dimensions: [SETTING] },
    });
    const [answer] = answers;
    assert.ok(answer.ok);
    const best = answer.predictions.reduce((a, b) => (a.score >= b.score ? a : b));
    assert.equal(best.tag, 'indoor');
    assert.equal(answer.vector?.length, manifest.vectorLength);
  });
});
