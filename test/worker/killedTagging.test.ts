import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { TagWorld } from '../unit/core/model/tagWorld';

const KILLS = 6;
/** A step takes some tens of milliseconds: the end comes in the middle of one, or between two. */
const LONGEST_MS = 120;

describe('tagging whose process is killed', function () {
  this.timeout(180_000);
  const script = join(process.cwd(), 'out', 'tagWorldProcess.js');
  let folder: string;

  before(async () => {
    await build({
      entryPoints: ['test/worker/tagWorldProcess.ts'],
      ...{ bundle: true, platform: 'node', format: 'cjs', outfile: script, logLevel: 'warning' },
      ...{ external: ['@duckdb/node-api', 'sharp'], loader: { '.sql': 'text' } },
    });
    folder = await mkdtemp(join(tmpdir(), 'datavisor-test-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('leaves tags that follow from what is stored, whenever it is killed', async () => {
    const seed = Date.now() % 1_000_000;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = fork(script, [folder, String(seed + kill)], { stdio: 'inherit' });
      const gone = once(child, 'exit');
      let done = 0;
      child.on('message', () => done++);
      while (done < 4 && child.exitCode === null) await sleep(5);
      await sleep(Math.random() * LONGEST_MS);
      child.kill('SIGKILL');
      assert.deepEqual(await gone, [null, 'SIGKILL'], `seed ${seed + kill}`);
      const world = await TagWorld.open(folder);
      try {
        await world.requireDerived();
      } catch (error) {
        throw new Error(`after kill ${kill} with seed ${seed + kill}`, { cause: error });
      } finally {
        world.close();
      }
    }
  });
});
