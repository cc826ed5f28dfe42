import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { ProviderStatus, TaggingFailure } from '../../src/core/runHistory';
import { fussyReplica } from '../fixtures/models/fussyReplica';
import { writeReplica } from '../fixtures/models/modelFolder';
import { runCommand, runFailing, runJson } from './commandLine';
import { ScratchImages } from './scratchImages';

const CLIP = 'clip-vit-base-patch32';

interface FailuresAnswer {
  unreadable: number;
  providers: ProviderStatus[];
  failures: TaggingFailure[];
}

describe('`datavisor failures`', function () {
  this.timeout(60_000);
  let images: ScratchImages;
  let clip: string[];
  beforeEach(async () => {
    images = await ScratchImages.make();
    await images.drawMany(4);
    await writeFile(images.file('broken.jpg'), 'no image');
    await sharp({ create: { width: 64, height: 64, channels: 3, background: '#fff' } })
      .png()
      .toFile(images.file('white.png'));
    clip = ['--provider', CLIP, '--model-dir', writeReplica(fussyReplica(), images.scratch), '--ask', 'setting'];
  });
  afterEach(() => images.clean());

  it('lists what failed by provider, and what is tried again; the info counts it', async () => {
    await runJson(['tag', images.folder]);
    const answer = await runJson(['tag', images.folder, ...clip]);
    assert.deepEqual(
      answer.failed.map(({ path, code }) => [path, code]),
      [
        ['broken.jpg', 'not-an-image'],
        ['white.png', 'inference-failed'],
      ],
    );
    const { unreadable, providers, failures } = await runJson<FailuresAnswer>(['failures', images.folder]);
    assert.deepEqual(
      [unreadable, providers],
      [
        1,
        [
          { name: 'builtin', completed: 5, pending: 0, failed: 0, retryable: 0 },
          { name: CLIP, completed: 4, pending: 0, failed: 1, retryable: 1 },
        ],
      ],
    );
    assert.deepEqual(
      failures.map(({ path, provider, code, attempts, nextTry }) => [path, provider, code, attempts, nextTry !== null]),
      [
        ['broken.jpg', null, 'not-an-image', 1, false],
        ['white.png', CLIP, 'inference-failed', 1, true],
      ],
    );
    const { stdout } = await runCommand(['failures', images.folder]);
    assert.match(stdout, /^1 image that cannot be used:\n {2}broken\.jpg: .* \(tried once, not again by itself\)$/m);
    assert.match(stdout, /^1 image that clip-vit-base-patch32 could not answer for:$/m);
    assert.match(
      stdout,
      /^ {2}white\.png: The model failed at this image: .* \(tried once, again from \d{4}-.* UTC\)$/m,
    );
    const info = await runCommand(['info', images.folder]);
    assert.match(info.stdout, /^ {11} clip-vit-base-patch32: 4 tagged, 0 waiting, 1 failed \(1 tried again\)$/m);
  });

  it('counts another try when it is asked for, and none before', async () => {
    for (const [retry, attempts] of [
      [[], 1],
      [[], 1],
      [['--retry-failed'], 2],
    ] as const) {
      await runJson(['tag', images.folder, ...clip, ...retry]);
      const { failures } = await runJson<FailuresAnswer>(['failures', images.folder]);
      assert.deepEqual(
        failures.map((failure) => failure.attempts),
        [attempts, attempts],
      );
    }
  });

  it('has nothing to list where nothing failed, and needs a folder that was indexed', async () => {
    assert.equal((await runFailing(['failures', images.folder], 1)).code, 'not-indexed');
    await images.clean();
    images = await ScratchImages.make();
    await images.drawMany(1);
    await runJson(['tag', images.folder]);
    const { stdout } = await runCommand(['failures', images.folder]);
    assert.match(stdout, /^Nothing has failed\.\n\nProviders:\n {2}builtin: 1 tagged, 0 waiting, 0 failed\n$/);
  });
});
