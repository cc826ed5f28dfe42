import * as assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { UserError } from '../../../src/protocol/userError';
import { ImageFailure } from '../../../src/worker/imageFailure';
import type { PresentVariant, Step } from '../../../src/worker/models/fallbackSteps';
import { InferenceEngine, type Backend, type Lane } from '../../../src/worker/models/inferenceEngine';

const FP32 = { dtype: 'fp32', bytes: 400, forCpu: true };
const Q8 = { dtype: 'q8', bytes: 100, forCpu: true };
const never = new AbortController().signal;

/** A device that doubles numbers, until `fail` says that it cannot. */
class Doubler {
  readonly opened: string[] = [];
  closed = 0;
  passes: number[][] = [];

  constructor(
    private readonly fail: (step: Step, inputs: readonly number[] | null) => string | null,
    private readonly lanes = 1,
    private readonly batch = 1,
  ) {}

  readonly open = async (step: Step): Promise<Backend<number, number>> => {
    this.opened.push(`${step.device} ${step.dtype}`);
    this.failIfItMust(step, null);
    const lane = (): Lane<number, number> => ({
      run: async (inputs) => {
        await new Promise((resolve) => void setImmediate(resolve));
        this.failIfItMust(step, inputs);
        this.passes.push([...inputs]);
        return inputs.map((input) => 2 * input);
      },
    });
    return {
      lanes: Array.from({ length: this.lanes }, lane),
      batch: this.batch,
      close: async () => {
        this.closed++;
      },
    };
  };

  private failIfItMust(step: Step, inputs: readonly number[] | null): void {
    const message = this.fail(step, inputs);
    if (message !== null) throw new Error(message);
  }
}

const open = (device: Doubler, step: Step, present: readonly PresentVariant[] = [FP32]) =>
  InferenceEngine.open(step, present, device.open);
const runAll = (engine: InferenceEngine<number, number>, inputs: readonly number[]) =>
  Promise.all(inputs.map((input) => engine.run(input, never)));

describe('the inference engine', () => {
  it('gives each input its own output, over several lanes and in batches', async () => {
    const device = new Doubler(() => null, 3, 4);
    const inputs = Array.from({ length: 50 }, (_, i) => i);
    const engine = await open(device, { device: 'cuda', dtype: 'fp32' });
    assert.equal(engine.capacity, 24);
    assert.deepEqual(
      await runAll(engine, inputs),
      inputs.map((input) => 2 * input),
    );
    assert.ok(device.passes.every((pass) => pass.length <= 4));
    assert.ok(device.passes.some((pass) => pass.length === 4));
    assert.deepEqual(engine.loaded, { device: 'cuda', dtype: 'fp32', fallback: null });
  });

  it('goes on with the CPU when the device cannot load the model', async () => {
    const device = new Doubler((step) => (step.device === 'cuda' ? 'no such library' : null));
    const engine = await open(device, { device: 'cuda', dtype: 'fp32' });
    assert.deepEqual(await runAll(engine, [1, 2]), [2, 4]);
    assert.deepEqual(device.opened, ['cuda fp32', 'cpu fp32']);
    assert.match(engine.loaded.fallback!, /CUDA cannot run this model here \(no such library\): it runs on the CPU/);
  });

  it('takes the variant made for CPUs there, if it is on the disk', async () => {
    const device = new Doubler((step) => (step.device === 'webgpu' ? 'no adapter' : null));
    const half = { dtype: 'fp16', bytes: 200, forCpu: false };
    const engine = await open(device, { device: 'webgpu', dtype: 'fp16' }, [half, Q8]);
    assert.deepEqual(engine.loaded.dtype, 'q8');
    assert.match(engine.loaded.fallback!, /as q8/);
  });

  it('does again on the CPU what was under way when the device failed', async () => {
    const device = new Doubler(
      (step, inputs) => (step.device === 'dml' && inputs?.includes(7) ? 'device lost' : null),
      1,
      2,
    );
    const engine = await open(device, { device: 'dml', dtype: 'fp32' });
    const inputs = Array.from({ length: 20 }, (_, i) => i);
    assert.deepEqual(
      await runAll(engine, inputs),
      inputs.map((input) => 2 * input),
    );
    assert.equal(engine.loaded.device, 'cpu');
    assert.equal(device.closed, 1, 'what it held there is given back');
    const done = device.passes.flat().sort((a, b) => a - b);
    assert.deepEqual(done, inputs, 'nothing is done twice, nothing left out');
  });

  it('halves the batch when memory runs out, then takes a smaller variant', async () => {
    const device = new Doubler(
      (step, inputs) => (inputs && (inputs.length > 2 || step.dtype === 'fp32') ? 'out of memory' : null),
      1,
      8,
    );
    const engine = await open(device, { device: 'cuda', dtype: 'fp32' }, [FP32, Q8]);
    assert.deepEqual(await runAll(engine, [1, 2, 3, 4, 5, 6, 7, 8, 9]), [2, 4, 6, 8, 10, 12, 14, 16, 18]);
    assert.equal(engine.loaded.dtype, 'q8');
    assert.equal(engine.loaded.device, 'cuda');
    assert.match(engine.loaded.fallback!, /not enough memory for 8 images at a time: it takes 4/);
    assert.match(engine.loaded.fallback!, /CUDA has not enough memory for this model as fp32: it runs on CUDA as q8/);
  });

  it('says so when there is nothing left to try, to all that wait', async () => {
    const device = new Doubler((_, inputs) => (inputs ? 'bad allocation' : null));
    const engine = await open(device, { device: 'cpu', dtype: 'fp32' });
    const results = await Promise.allSettled([1, 2, 3, 4].map((input) => engine.run(input, never)));
    for (const result of results) {
      assert.equal(result.status, 'rejected');
      assert.ok(result.reason instanceof UserError && result.reason.code === 'out-of-memory');
    }
    await assert.rejects(engine.run(5, never), UserError);
  });

  it('refuses an input at which the model fails, and goes on with the others', async () => {
    const device = new Doubler((_, inputs) => (inputs?.some((input) => input % 10 === 3) ? 'bad shape' : null), 2);
    const engine = await open(device, { device: 'cpu', dtype: 'fp32' });
    const inputs = Array.from({ length: 40 }, (_, i) => i);
    const results = await Promise.allSettled(inputs.map((input) => engine.run(input, never)));
    for (const [input, result] of results.entries()) {
      if (result.status === 'fulfilled') assert.equal(result.value, 2 * input);
      else {
        assert.equal(input % 10, 3);
        assert.ok(result.reason instanceof ImageFailure && result.reason.code === 'inference-failed');
        assert.equal(result.reason.message, 'The model failed at this image: bad shape. It is tried again later.');
      }
    }
    assert.equal(results.filter(({ status }) => status === 'rejected').length, 4);
  });

  it('says that there was not enough memory for an input, once others have passed', async () => {
    const device = new Doubler((_, inputs) => (inputs?.includes(4) ? 'bad allocation' : null));
    const engine = await open(device, { device: 'cpu', dtype: 'fp32' });
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map((input) => engine.run(input, never)));
    const [failed] = results.filter((result) => result.status === 'rejected');
    assert.match(String(failed?.reason), /not enough memory for the model to look at this image/);
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 4);
  });

  it('is at fault itself when it fails at one input after the other', async () => {
    const device = new Doubler((_, inputs) => (inputs ? 'bad shape' : null));
    const engine = await open(device, { device: 'cpu', dtype: 'fp32' });
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map((input) => engine.run(input, never)));
    const ofInputs = results.map((result) => result.status === 'rejected' && result.reason instanceof ImageFailure);
    assert.deepEqual(ofInputs, [true, true, false, false, false]);
    await assert.rejects(engine.run(6, never), /^Error: bad shape$/);
  });

  it('drops what was cancelled, and only that', async () => {
    const device = new Doubler(() => null);
    const engine = await open(device, { device: 'cpu', dtype: 'fp32' });
    const controller = new AbortController();
    const kept = Promise.all([1, 2, 3, 4].map((input) => engine.run(input, never)));
    const dropped = Promise.allSettled([5, 6, 7].map((input) => engine.run(input, controller.signal)));
    controller.abort(new Error('enough'));
    assert.deepEqual(await kept, [2, 4, 6, 8]);
    for (const outcome of await dropped) assert.equal(outcome.status, 'rejected');
    assert.deepEqual(device.passes.flat(), [1, 2, 3, 4]);
  });

  it('rejects what waits when the model is let go', async () => {
    const engine = await open(new Doubler(() => null), { device: 'cpu', dtype: 'fp32' });
    const settled = Promise.allSettled([1, 2, 3, 4, 5].map((input) => engine.run(input, never)));
    await engine.close();
    const statuses = (await settled).map(({ status }) => status);
    assert.deepEqual(statuses, ['fulfilled', 'fulfilled', 'rejected', 'rejected', 'rejected']);
  });
});
