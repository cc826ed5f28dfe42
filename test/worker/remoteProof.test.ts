import * as assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { parseFilter } from '../../src/core/filter/parseFilter';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { WorkerClient } from '../../src/core/workerClient';
import { CHAT_FAULTS, LoopbackChat } from '../fixtures/remote/loopbackChat';
import { digestOf } from '../fixtures/remote/loopbackProvider';
import { runCommand, RunningCommand, WORKER_SCRIPT } from './commandLine';
import { KEY, RemoteScene, type RemoteAnswer } from './remoteScene';

const MODEL = 'openai-compatible/llava';

describe('runs with a remote provider that go wrong in every way', function () {
  this.timeout(600_000);
  let scene: RemoteScene;
  let chat: LoopbackChat;

  beforeEach(async () => {
    scene = await RemoteScene.make();
  });
  afterEach(async () => {
    await chat.close();
    await scene.images.clean();
  });

  /** Draws images of one colour each, no two alike, also as JPEGs. */
  async function drawColors(count: number): Promise<string[]> {
    const names = Array.from({ length: count }, (_, i) => `color-${String(i).padStart(4, '0')}.png`);
    for (const [i, name] of names.entries()) {
      const [r, g, b] = [i, Math.floor(i / 10), Math.floor(i / 100)].map((step) => (step % 10) * 25);
      const background = { r, g, b };
      await sharp({ create: { width: 16, height: 16, channels: 3, background } }).toFile(scene.images.file(name));
    }
    return names;
  }

  const args = (...more: string[]) =>
    scene.args('openai-compatible', chat.url, '--model', 'llava', '--ask', 'weather', ...more);

  it('finish complete, pay once for each image, keep to the rate and leave the key nowhere', async () => {
    const images = 1000;
    const perSecond = 200;
    const concurrency = 32;
    await drawColors(images);
    chat = await LoopbackChat.start({ faultShare: 0.3, seed: 11, faults: CHAT_FAULTS });
    const limits = ['--rate', `${60 * perSecond}/min`, '--concurrency', String(concurrency), '--timeout', '5'];
    const end = await runCommand(args(...limits, '--json', '--verbose'), { env: scene.env });
    assert.equal(end.code, 0, end.stderr);
    const { processed, failed, counts } = JSON.parse(end.stdout) as RemoteAnswer;
    assert.deepEqual([processed, failed, counts['total']], [images, [], images]);
    const billed = [...chat.billed().values()];
    assert.deepEqual([billed.length, billed.filter((times) => times !== 1)], [images, []]);
    for (const fault of CHAT_FAULTS) assert.ok(chat.requests.some((request) => request.fault === fault), fault); // prettier-ignore
    // requests that leave in time can come late and bunched together on a busy machine, by a second's worth at most
    const seconds = (chat.times[chat.times.length - 1] - chat.times[0]) / 1000;
    assert.ok(chat.times.length <= perSecond * (seconds + 1) + concurrency, `${chat.times.length} in ${seconds} s`);
    assert.ok(!`${end.stdout}${end.stderr}`.includes(KEY));
    assert.deepEqual(await scene.filesWith(KEY), []);
    assert.ok((await scene.filesWith('purple rain')).length === 0, 'what is no answer is stored nowhere');
  });

  it('send no image again whose answer was committed, though they are killed twenty times', async () => {
    const kills = 20;
    const names = await drawColors(6 * kills);
    chat = await LoopbackChat.start();
    const pathOf = await pathsByDigest(names);
    let committed = await committedPaths();
    for (let kill = 0; kill < kills; kill++) {
      const before = chat.requests.length;
      const command = new RunningCommand(args('--rate', '100000/min'), { env: scene.env, ownGroup: true });
      const at = before + 1 + (kill % 5);
      const reached = new Promise<void>((resolve) => {
        chat.onRequest = () => {
          if (chat.requests.length >= at) resolve();
        };
      });
      await Promise.race([reached, command.end]);
      await sleep(3 * (kill % 5)); // in the middle of a request, of a commit, or between them
      command.signalGroup('SIGKILL');
      assert.equal((await command.end).signal, 'SIGKILL', `kill ${kill}`);
      chat.onRequest = () => undefined;
      const sent = chat.requests.slice(before).map(({ image }) => pathOf.get(image)!);
      assert.ok(sent.length > 0);
      assert.deepEqual(sent.filter((path) => committed.has(path)), [], `kill ${kill}`); // prettier-ignore
      const known = committed.size;
      committed = await committedPaths();
      const lost = sent.length - (committed.size - known);
      assert.ok(lost <= 4, `after kill ${kill} ${lost} answers were not committed, with 4 requests under way`);
    }
    const before = chat.requests.length;
    const end = await runCommand(args('--rate', '100000/min', '--json'), { env: scene.env });
    assert.equal((JSON.parse(end.stdout) as RemoteAnswer).processed, names.length - committed.size);
    assert.equal(chat.requests.length - before, names.length - committed.size);
    assert.equal((await committedPaths()).size, names.length);
  });

  /** Of each image the path, by the digest of what is sent of it. */
  async function pathsByDigest(names: readonly string[]): Promise<Map<string, string>> {
    const worker = new WorkerClient({ script: WORKER_SCRIPT, log: () => undefined });
    const paths = new Map<string, string>();
    try {
      for (const [id, name] of names.entries()) {
        const prepared = await worker.call('prepareToSend', {
          id: id + 1,
          path: scene.images.file(name),
          longSide: 768,
        });
        assert.ok(prepared.ok);
        paths.set(digestOf(prepared.jpeg), name);
      }
    } finally {
      await worker.dispose();
    }
    assert.equal(paths.size, names.length);
    return paths;
  }

  /** Images that the provider has answered for; none as long as there is no database. */
  async function committedPaths(): Promise<Set<string>> {
    if (chat.requests.length === 0) return new Set();
    return scene.images.withDataset('read', async (dataset) => {
      const expression = parseFilter(`provider:"${MODEL}"`, []);
      const ids = await dataset.sampleIds({ ...NO_FILTER, expression });
      return new Set((await dataset.samplesByIds([...ids])).map(({ path }) => path));
    });
  }
});
