import * as assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { LoopbackVision, VISION_FAULTS, type VisionOptions } from '../fixtures/remote/loopbackVision';
import { runFailing } from './commandLine';
import { KEY, RemoteScene } from './remoteScene';

const IMAGES = 40;
const MODEL = 'google-vision';
/** Marker of a JPEG's header; the width stands seven bytes behind it. */
const START_OF_FRAME = Buffer.from([0xff, 0xc0]);

describe('tagging with Google Cloud Vision', function () {
  this.timeout(180_000);
  let scene: RemoteScene;
  let vision: LoopbackVision;

  before(async () => {
    scene = await RemoteScene.make();
    await scene.images.drawMany(IMAGES);
  });
  after(() => scene.images.clean());
  beforeEach(() => scene.forget());
  afterEach(() => vision.close());

  const start = async (options: VisionOptions = {}) => {
    vision = await LoopbackVision.start(options);
  };
  const args = (...more: string[]) => scene.args(MODEL, vision.url, '--rate', '6000/min', ...more);
  const tag = (...more: string[]) => scene.tag(MODEL, vision.url, '--rate', '6000/min', ...more);
  const once = () => Array.from({ length: IMAGES }, () => 1);

  it('sends up to 16 images a request, with the key in a header, and stores labels in a dimension of their own', async () => {
    await start({ labels: [['Sky', 0.98], ['Wild  FLOWER', 0.7], ['sky', 0.5], ['Night', 0.69]] }); // prettier-ignore
    const { processed, failed, tags, remote, models } = await tag('--concurrency', '1');
    assert.deepEqual([processed, failed], [IMAGES, []]);
    assert.deepEqual(vision.sizes(), [16, 16, 8]);
    assert.ok(vision.requests.every(({ key }) => key === KEY));
    assert.deepEqual({ sky: tags['sky'], flower: tags['wild flower'], night: tags['night'] }, { sky: 40, flower: 40, night: undefined }); // prettier-ignore
    const said = await scene.answers(MODEL);
    assert.deepEqual(said.get('image-000.jpg'), ['labels: night 69', 'labels: sky 98', 'labels: wild flower 70']);
    assert.ok(Math.abs(remote.spent - IMAGES * 0.0015) < 1e-9, 'the price is that of the manifest');
    assert.deepEqual(models.map(({ name, processed: done }) => [name, done]), [[MODEL, IMAGES]]); // prettier-ignore
    assert.equal((await tag()).processed, 0);
    assert.equal(vision.sizes().length, 3);
  });

  it('counts an image without any label as answered', async () => {
    await start({ labels: [] });
    assert.equal((await tag()).processed, IMAGES);
    assert.equal((await tag()).processed, 0);
    assert.deepEqual([...vision.billed().values()], once());
  });

  it('comes through all documented errors and pays for each image once', async () => {
    const faults = VISION_FAULTS.filter((fault) => fault !== 'slow');
    await start({ faultShare: 0.5, seed: 5, faults });
    const { processed, failed } = await tag('--concurrency', '4');
    assert.deepEqual([processed, failed], [IMAGES, []]);
    assert.deepEqual([...vision.billed().values()], once());
    const seen = (kind: RegExp) => vision.requests.some(({ fault }) => fault !== null && kind.test(fault));
    assert.ok(seen(/^image-/), 'images failed alone');
    assert.ok(seen(/^(?!image-)/), 'requests failed as a whole');
  });

  it('sends images again alone that failed alone', async () => {
    await start({ faultShare: 0.5, seed: 2, faults: ['image-unavailable'] });
    assert.equal((await tag('--concurrency', '1')).processed, IMAGES);
    assert.deepEqual([...vision.billed().values()], once());
    const again = vision.requests.length - IMAGES;
    assert.ok(again > 0);
    assert.equal(vision.requests.filter(({ fault }) => fault === 'image-unavailable').length, again);
  });

  it('fails only the image that is refused, under HTTP 200 and when it spoils its whole request', async () => {
    await scene.images.draw('wide.png', 77, 700, 10);
    try {
      const isWide = (jpeg: Buffer) => jpeg.readUInt16BE(jpeg.indexOf(START_OF_FRAME) + 7) === 700;
      await start({ refuses: isWide });
      const inside = await tag();
      assert.deepEqual(inside.failed.map(({ path, code }) => [path, code]), [['wide.png', 'request-refused']]); // prettier-ignore
      assert.match(inside.failed[0].reason, /code 3: Bad image data/);
      assert.ok(Math.abs(inside.remote.spent - IMAGES * 0.0015) < 1e-9, 'it costs nothing');
      await scene.forget();
      vision.options = { chokesOn: isWide };
      const whole = await tag();
      assert.deepEqual([whole.processed, whole.failed.map(({ path }) => path)], [IMAGES, ['wide.png']]);
      assert.ok(!JSON.stringify(whole).includes(KEY));
    } finally {
      await rm(scene.images.file('wide.png'));
    }
  });

  it('stops at its budget, and sends no image that it does not allow', async () => {
    await start();
    const { processed, remote } = await tag('--budget', '0.03');
    assert.deepEqual([processed, remote.stopped], [20, 'budget']);
    assert.equal(vision.requests.length, 20);
  });

  it('stops at a key that is refused, which Google calls a bad request, and at one that is missing', async () => {
    await start({ key: 'another' });
    const refused = await runFailing(args(), 1, { env: scene.env });
    assert.equal(refused.code, 'remote-unauthorized');
    assert.ok(vision.sizes().length <= 4, 'nobody goes on asking');
    const before = vision.sizes().length;
    const missing = await runFailing(args(), 1, { env: { ...scene.env, DATAVISOR_API_KEY: '' } });
    assert.deepEqual([missing.code, vision.sizes().length], ['api-key-missing', before]);
  });

  it('takes no model and no questions', async () => {
    await start();
    for (const option of ['--model', '--ask']) {
      const { code } = await runFailing(args(option, 'weather'), 2, { env: scene.env });
      assert.equal(code, 'usage');
    }
    const far = ['tag', scene.images.folder, '--provider', MODEL];
    const { code, message } = await runFailing(far, 1, { env: scene.env });
    assert.equal(code, 'consent-missing');
    assert.match(message, /to vision\.googleapis\.com/);
  });
});
