import * as assert from 'node:assert/strict';
import { OWN_LABELS, writeOwnModel } from '../fixtures/models/ownModel';
import { LoopbackChat } from '../fixtures/remote/loopbackChat';
import { runCommand, runFailing, runJson } from './commandLine';
import { KEY, RemoteScene, type RemoteAnswer } from './remoteScene';

const IMAGES = 4;
const MODEL = 'openai-compatible/tiny';

describe('tagging with several providers in one run', function () {
  this.timeout(180_000);
  let scene: RemoteScene;
  let chat: LoopbackChat;

  before(async () => {
    scene = await RemoteScene.make();
    await scene.images.drawMany(IMAGES);
    chat = await LoopbackChat.start();
  });
  after(async () => {
    await chat.close();
    await scene.images.clean();
  });
  beforeEach(async () => {
    await scene.forget();
    writeOwnModel(scene.images.folder, 'shelf', { title: 'Shelves', threshold: 0 });
  });

  const args = (command: string, providers: string, ...more: string[]) => [
    ...[command, scene.images.folder, '--provider', providers, '--device', 'cpu', ...more],
    ...(providers.includes('openai-compatible')
      ? ['--endpoint', chat.url, '--model', 'tiny', '--rate', '6000/min']
      : []),
  ];

  it('keeps what each of them said under its name, and asks each once', async () => {
    const run = () =>
      runJson<RemoteAnswer>(args('tag', 'builtin,shelf,openai-compatible', '--ask', 'weather'), { env: scene.env });
    const { processed, failed, models, tags, remote } = await run();
    assert.deepEqual([processed, failed], [IMAGES, []]);
    assert.deepEqual(
      models.map(({ name, processed: each }) => [name, each]),
      [
        ['shelf', IMAGES],
        [MODEL, IMAGES],
      ],
    );
    assert.equal(remote.stopped, null);
    assert.ok(OWN_LABELS.some((label) => (tags[label] ?? 0) > 0));
    const sources = await scene.images.withDataset('read', async (dataset) => {
      const sample = (await dataset.sample(1))!;
      return new Set(sample.predictions.map(({ model }) => model));
    });
    assert.deepEqual(sources, new Set(['builtin', 'shelf', MODEL]));
    const asked = chat.requests.length;
    const again = await run();
    assert.deepEqual(
      again.models.map(({ processed: each }) => each),
      [0, 0],
    );
    assert.equal(chat.requests.length, asked);
  });

  it('has the built-in tagger first in a run of everything, whatever the list says', async () => {
    const { models, processed } = await runJson<RemoteAnswer>(args('run', 'shelf,builtin,openai-compatible'), {
      env: scene.env,
    });
    assert.deepEqual(
      models.map(({ name }) => name),
      ['shelf', MODEL],
    );
    assert.equal(processed, IMAGES);
    const { stdout } = await runCommand(['info', scene.images.folder], { env: scene.env });
    for (const name of ['builtin', 'shelf', MODEL]) assert.ok(stdout.includes(name), stdout);
  });

  it('gives the others their turn when one fails, and says so at the end', async () => {
    chat.options = { status: 401 };
    const { code, message } = await runFailing(args('tag', 'openai-compatible,shelf'), 1, { env: scene.env });
    chat.options = {};
    assert.equal(code, 'remote-unauthorized');
    assert.ok(!message.includes(KEY));
    const left = await runJson<RemoteAnswer>(args('tag', 'shelf'), { env: scene.env });
    assert.equal(left.processed, 0);
  });

  it('refuses what none of them can do', async () => {
    const { code, message } = await runFailing(args('tag', 'builtin,shelf', '--caption'), 2, { env: scene.env });
    assert.equal(code, 'model-unable');
    assert.match(message, /shelf cannot write captions/);
    const shard = args('tag', 'builtin,shelf', '--shard', '0/2', '--out', 'part.parquet');
    assert.match((await runFailing(shard, 2, { env: scene.env })).message, /takes one --provider/);
  });
});
