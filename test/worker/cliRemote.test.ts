import * as assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { Dataset } from '../../src/core/dataset';
import { locateDataset } from '../../src/core/datasetLocation';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { LoopbackChat, type ChatOptions } from '../fixtures/remote/loopbackChat';
import { RunningCommand, runCommand, runFailing, runJson, type JobAnswer } from './commandLine';
import { ScratchImages } from './scratchImages';

const IMAGES = 64;
const KEY = 'sk-planted-5f1d3c';

interface RemoteAnswer extends JobAnswer {
  remote: { host: string; spent: number; stopped: string | null };
}

describe('tagging with a remote provider', function () {
  this.timeout(180_000);
  let images: ScratchImages;
  let chat: LoopbackChat;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    images = await ScratchImages.make();
    await images.drawMany(IMAGES);
    const scratch = { HOME: images.scratch, TMPDIR: images.scratch, XDG_DATA_HOME: images.scratch };
    env = { ...scratch, DATAVISOR_API_KEY: KEY };
  });
  after(() => images.clean());
  beforeEach(() => rm(images.file('.datavisor'), { recursive: true, force: true }));
  afterEach(() => chat.close());

  async function start(options: ChatOptions = {}): Promise<void> {
    chat = await LoopbackChat.start(options);
  }

  const args = (...more: string[]) => [
    ...['tag', images.folder, '--provider', 'openai-compatible', '--endpoint', chat.url, '--model', 'llava:7b'],
    ...['--rate', '100000/min', '--ask', 'weather,setting', ...more],
  ];
  const tag = (...more: string[]) => runJson<RemoteAnswer>(args(...more), { env });

  /** Paths of the images that the provider has answered for. */
  async function answered(): Promise<string[]> {
    const location = await locateDataset(images.folder, { fallbackFolder: images.scratch });
    const dataset = await Dataset.open(location, { access: 'read' });
    try {
      const found: string[] = [];
      for (const id of await dataset.sampleIds(NO_FILTER)) {
        const sample = (await dataset.sample(id))!;
        if (sample.predictions.some(({ model }) => model === 'openai-compatible/llava@7b')) found.push(sample.path);
      }
      return found;
    } finally {
      await dataset.close();
    }
  }

  it('comes through though a third of all requests fail, pays once for each image, and asks nothing again', async () => {
    const faults = ['busy', 'busy-seconds', 'busy-date', 'broken', 'dropped', 'wrong-type', 'half-json'] as const;
    await start({ faultShare: 0.33, seed: 7, faults });
    const first = await tag('--concurrency', '8');
    assert.deepEqual([first.processed, first.failed, first.remote.stopped], [IMAGES, [], null]);
    assert.deepEqual(first.tags, { sunny: IMAGES, indoor: IMAGES });
    assert.deepEqual(
      [...chat.billed().values()],
      Array.from({ length: IMAGES }, () => 1),
    );
    for (const fault of faults)
      assert.ok(
        chat.requests.some((request) => request.fault === fault),
        fault,
      );
    assert.ok(
      first.warnings.some((text) => /^64 images are sent to 127\.0\.0\.1:\d+, .*a minute.*not known/.test(text)),
    );
    const before = chat.requests.length;
    const again = await tag();
    assert.deepEqual([again.processed, chat.requests.length], [0, before]);
  });

  it('gives a request up that is not answered in time, and tries again', async () => {
    await start({ faultShare: 0.1, seed: 3, faults: ['slow'] });
    const { processed } = await tag('--concurrency', '32', '--timeout', '5');
    assert.equal(processed, IMAGES);
    assert.ok(chat.requests.some(({ fault }) => fault === 'slow'));
  });

  it('sends no image again whose answer was committed before it was killed', async () => {
    await start();
    let command: RunningCommand | null = new RunningCommand(args('--concurrency', '4'), { env, ownGroup: true });
    chat.onRequest = () => {
      if (chat.requests.length < IMAGES / 2) return;
      command?.signalGroup('SIGKILL');
      command = null;
    };
    assert.equal((await command.end).signal, 'SIGKILL');
    const committed = (await answered()).length;
    const asked = new Set(chat.requests.map(({ image }) => image));
    assert.ok(committed > 0 && committed < IMAGES, `${committed} were committed`);
    chat.requests.length = 0;
    const { processed } = await tag();
    assert.equal(processed, IMAGES - committed);
    assert.equal(chat.requests.length, IMAGES - committed);
    assert.equal((await answered()).length, IMAGES);
    const twice = chat.requests.filter(({ image }) => asked.has(image)).length;
    assert.ok(twice <= asked.size - committed, 'only those that were under way are sent twice');
  });

  it('leaves the key in no file and in nothing that it says', async () => {
    await start({ faultShare: 0.3, seed: 1, faults: ['broken', 'busy'] });
    const ends = [await runCommand(args('--verbose'), { env })];
    chat.options = { status: 400 }; // each failure is stored, with the server's words
    ends.push(await runCommand(args('--ask', 'density', '--json'), { env }));
    chat.options = { status: 401 };
    ends.push(await runCommand(args('--ask', 'clarity', '--json'), { env }));
    assert.ok(chat.requests.every(({ authorization }) => authorization === `Bearer ${KEY}`));
    assert.ok(!ends.some(({ stdout, stderr }) => `${stdout}${stderr}`.includes(KEY)));
    assert.match(ends[1].stdout, /Incorrect API key provided: Bearer \[key\]/);
    const entries = await readdir(images.scratch, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    assert.ok(files.some((file) => file.endsWith('datavisor.duckdb')));
    for (const file of files) assert.ok(!(await readFile(file)).includes(KEY), file);
  });

  it('stops at a key that is refused, and names the variable', async () => {
    await start({ status: 401 });
    const refused = await runFailing(args(), 1, { env });
    assert.equal(refused.code, 'remote-unauthorized');
    assert.match(refused.message, /refuses the key in the environment variable DATAVISOR_API_KEY/);
    assert.ok(chat.requests.length <= 4, 'nobody goes on asking');
    const missing = await runFailing(args(), 1, { env: { ...env, DATAVISOR_API_KEY: '' } });
    assert.match(missing.message, /wants a key. Set the environment variable DATAVISOR_API_KEY/);
  });

  it('stops when requests only fail, and says why', async () => {
    await start({ status: 503 });
    const { code, message } = await runFailing(args('--concurrency', '16'), 1, { env });
    assert.equal(code, 'remote-unavailable');
    assert.match(message, /20 requests to 127\.0\.0\.1:\d+ in a row have failed.*HTTP status 503/);
    chat.options = {};
    assert.equal((await tag()).processed, IMAGES);
  });

  it('sends nothing to a host without consent', async () => {
    await start();
    const far = args().map((arg) => (arg === chat.url ? 'https://api.example.invalid/v1' : arg));
    const { code, message } = await runFailing(far, 1, { env });
    assert.equal(code, 'consent-missing');
    assert.match(message, /Nothing was sent.*api\.example\.invalid.*EXIF.*--consent/);
  });

  it('stores nothing of an answer that is not in the vocabulary', async () => {
    await start({ word: 'purple rain' });
    const { processed, failed } = await tag();
    assert.equal(processed, 0);
    assert.deepEqual(new Set(failed.map(({ code }) => code)), new Set(['bad-answer']));
    assert.match(failed[0].reason, /"purple rain".*none of the allowed answers/);
    assert.deepEqual(await answered(), []);
    assert.equal(chat.requests.length, 2 * IMAGES, 'asked once more, then it would say the same');
  });

  it('stops at its budget and goes on with the next', async () => {
    await start();
    const budget = ['--budget', '0.1', '--price', '0.01'];
    const first = await tag(...budget);
    assert.deepEqual([first.processed, first.remote.stopped], [10, 'budget']);
    assert.ok(Math.abs(first.remote.spent - 0.1) < 1e-9);
    assert.ok(
      first.warnings.some((text) => /Stopped at the budget: .*\$0\.1 of \$0\.1 .*54 images are left/.test(text)),
    );
    assert.equal((await tag(...budget)).processed, 10);
    assert.equal(chat.requests.length, 20);
  });

  it('sends upright JPEGs of at most 768 pixels without any metadata', async () => {
    await start({ logprob: Math.log(0.99) });
    const [name] = ['turned.jpg'];
    try {
      await sharp({ create: { width: 2000, height: 1000, channels: 3, background: '#336699' } })
        .withExif({ IFD0: { Copyright: 'secret place', Orientation: '6' } })
        .withMetadata({ orientation: 6 })
        .toFile(images.file(name));
      await tag();
    } finally {
      await rm(images.file(name), { force: true });
    }
    const sizes = await Promise.all(chat.requests.map(({ jpeg }) => sharp(jpeg).metadata()));
    assert.ok(sizes.some(({ width, height }) => width === 384 && height === 768));
    for (const { format, exif, icc, xmp, iptc, orientation } of sizes) {
      assert.equal(format, 'jpeg');
      assert.deepEqual([exif, icc, xmp, iptc, orientation], [undefined, undefined, undefined, undefined, undefined]);
    }
    assert.ok(!chat.requests.some(({ jpeg }) => jpeg.includes('secret place')));
  });
});
