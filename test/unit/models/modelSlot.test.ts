import * as assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { ModelSlot } from '../../../src/worker/models/modelSlot';

const never = new AbortController().signal;
const turn = () => new Promise((resolve) => void setImmediate(resolve));

/** Logs what is loaded and let go. */
function logged(idleMs = 1e6): { log: string[]; slot: ModelSlot<string, { close(): Promise<void> }> } {
  const log: string[] = [];
  const load = async (name: string) => {
    log.push(`load ${name}`);
    await turn();
    if (name.startsWith('bad')) throw new Error(`${name} cannot be loaded`);
    return {
      close: async () => {
        log.push(`close ${name}`);
      },
    };
  };
  return { log, slot: new ModelSlot(load, idleMs) };
}

/** Uses a model until `finish` is called. */
async function hold(
  slot: ModelSlot<string, { close(): Promise<void> }>,
  name: string,
): Promise<{ finish: () => Promise<void> }> {
  return new Promise((started) => {
    const use = slot.use(name, never, () => {
      return new Promise<void>((end) => {
        started({
          finish: () => {
            end();
            return use;
          },
        });
      });
    });
  });
}

describe('the slot for one model', () => {
  it('loads a model once for several uses', async () => {
    const { log, slot } = logged();
    await Promise.all([1, 2, 3].map(() => slot.use('a', never, () => turn())));
    await slot.use('a', never, () => turn());
    assert.deepEqual(log, ['load a']);
  });

  it('lets one model go before it loads another, and not while it is in use', async () => {
    const { log, slot } = logged();
    const first = await hold(slot, 'a');
    const second = slot.use('b', never, async () => void log.push('use b'));
    await turn();
    await turn();
    assert.deepEqual(log, ['load a']);
    await Promise.all([first.finish(), second]);
    assert.deepEqual(log, ['load a', 'close a', 'load b', 'use b']);
  });

  it('lets a model go when it was idle for a while', async () => {
    const { log, slot } = logged(1);
    await slot.use('a', never, () => turn());
    while (!log.includes('close a')) await setTimeout(1);
    await slot.use('a', never, () => turn());
    assert.deepEqual(log.slice(0, 3), ['load a', 'close a', 'load a']);
  });

  it('lets it go when asked to', async () => {
    const { log, slot } = logged();
    await slot.unload();
    await slot.use('a', never, () => turn());
    await slot.unload();
    assert.deepEqual(log, ['load a', 'close a']);
  });

  it('tries again after a model that cannot be loaded, and after one that failed in use', async () => {
    const { log, slot } = logged();
    await assert.rejects(slot.use('bad', never, turn), /cannot be loaded/);
    await assert.rejects(slot.use('bad', never, turn), /cannot be loaded/);
    await assert.rejects(
      slot.use('a', never, () => Promise.reject(new Error('device lost'))),
      /device lost/,
    );
    await slot.use('a', never, () => turn());
    assert.deepEqual(log, ['load bad', 'load bad', 'load a', 'close a', 'load a']);
  });

  it('rejects a cancelled use at once and still counts right', async () => {
    const { log, slot } = logged();
    const controller = new AbortController();
    const holding = await hold(slot, 'a');
    const waiting = slot.use('b', controller.signal, () => turn());
    await turn();
    controller.abort(new Error('enough'));
    await assert.rejects(waiting, /enough/);
    await holding.finish();
    await slot.unload();
    assert.deepEqual(
      log.filter((line) => line.endsWith('a')),
      ['load a', 'close a'],
    );
    assert.equal(log.filter((line) => line === 'load b').length, log.filter((line) => line === 'close b').length);
  });
});
