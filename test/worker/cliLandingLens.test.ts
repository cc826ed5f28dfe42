import * as assert from 'node:assert/strict';
import { LoopbackLandingLens, type LandingOptions } from '../fixtures/remote/loopbackLandingLens';
import { runFailing } from './commandLine';
import { KEY, RemoteScene } from './remoteScene';

const IMAGES = 6;
const ID = 'f2b4-9:1';
const MODEL = 'landinglens/f2b4-9@1';

describe('tagging with LandingLens', function () {
  this.timeout(180_000);
  let scene: RemoteScene;
  let landing: LoopbackLandingLens;

  before(async () => {
    scene = await RemoteScene.make();
    await scene.images.drawMany(IMAGES);
  });
  after(() => scene.images.clean());
  beforeEach(() => scene.forget());
  afterEach(() => landing.close());

  const start = async (options: LandingOptions = {}) => {
    landing = await LoopbackLandingLens.start(options);
  };
  const tag = (...more: string[]) => scene.tag('landinglens', landing.url, '--model', ID, ...more);

  it('stores the class of each image as one label', async () => {
    await start({ finds: [['Rust', 0.91]], faultShare: 0.4, seed: 1, faults: ['busy', 'broken', 'half-json'] });
    const { processed, failed, tags } = await tag('--rate', '6000/min');
    assert.deepEqual([processed, failed, tags['rust']], [IMAGES, [], IMAGES]);
    assert.deepEqual((await scene.answers(MODEL)).get('image-000.jpg'), ['labels: rust 91']);
    assert.ok(landing.requests.every(({ key, endpointId }) => key === KEY && endpointId === ID));
    assert.deepEqual(new Set(landing.billed().values()), new Set([1]));
    assert.equal((await tag()).processed, 0);
  });

  it('stores what was found in an image, each label once with its best score', async () => {
    await start({ detects: true, finds: [['Screw', 0.6], ['Nut', 0.75], ['Screw', 0.88], ['Bolt', 0.2]] }); // prettier-ignore
    const { tags } = await tag('--rate', '6000/min');
    assert.deepEqual([tags['screw'], tags['nut'], tags['bolt']], [IMAGES, IMAGES, undefined]);
    assert.deepEqual((await scene.answers(MODEL)).get('image-001.jpg'), [
      ...['labels: bolt 20', 'labels: nut 75', 'labels: screw 88'],
    ]);
  });

  it('takes an image in which nothing was found as answered', async () => {
    await start({ detects: true, finds: [] });
    assert.equal((await tag('--rate', '6000/min')).processed, IMAGES);
    assert.equal((await tag('--rate', '6000/min')).processed, 0);
  });

  it('keeps to 40 requests a minute unless it is told otherwise', async () => {
    await start();
    assert.equal((await tag('--concurrency', '6')).processed, IMAGES);
    // 1.5 seconds apart when they were sent; how late each comes is the machine's affair
    const seconds = (landing.times[IMAGES - 1] - landing.times[0]) / 1000;
    assert.ok(landing.mostWithin(3000) <= 3, `${IMAGES} requests in ${seconds} s`);
  });

  it('needs the ID of an endpoint and a key', async () => {
    await start();
    const without = scene.args('landinglens', landing.url);
    assert.match((await runFailing(without, 2, { env: scene.env })).message, /needs --model, the ID of the endpoint/);
    landing.options = { status: 401 };
    const { code } = await runFailing([...without, '--model', ID], 1, { env: scene.env });
    assert.equal(code, 'remote-unauthorized');
  });
});
