import * as assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readImageProcessing, resizedSize } from '../../../src/worker/models/encoders/imageProcessing';
import { unitRows } from '../../../src/worker/models/encoders/unitRows';
import { explainStep, nextStep } from '../../../src/worker/models/fallbackSteps';
import { measureBatch } from '../../../src/worker/models/measureBatch';
import { planThreads } from '../../../src/worker/models/threadPlan';
import { candidatesOf, promptsOf, scoreCandidates } from '../../../src/worker/models/zeroShot';

const GB = 1e9;

describe('how images are prepared', () => {
  it('reads a plain number as the short side', () => {
    const processing = readImageProcessing({ size: 224, resample: 3 });
    assert.deepEqual(resizedSize(processing, { width: 500, height: 375 }), { width: 298, height: 224 });
    assert.deepEqual(resizedSize(processing, { width: 375, height: 500 }), { width: 224, height: 298 });
  });

  it('lets the manifest overrule the file', () => {
    const file = { size: { shortest_edge: 256 }, image_mean: [0, 0, 0], image_std: [1, 1, 1] };
    const processing = readImageProcessing(file, { size: { height: 32, width: 64 }, resample: 3 });
    assert.deepEqual(processing.size, { width: 64, height: 32 });
    assert.equal(processing.kernel, 'bicubic');
  });

  it('refuses what it cannot do, naming it', () => {
    assert.throws(() => readImageProcessing({ size: { longest_edge: 512 } }), /longest_edge|size|Invalid/);
    assert.throws(() => readImageProcessing({ size: 224, resample: 0 }), /Invalid/);
  });
});

describe('vectors', () => {
  it('takes the first token of each image, to unit length', () => {
    const tokens = Float32Array.of(3, 4, 9, 9, 0, -2, 9, 9);
    assert.deepEqual(
      [...unitRows(tokens, 2, 4, 2)].map((value) => +value.toFixed(6)),
      [0.6, 0.8, 0, -1],
    );
  });

  it('does not pass on what is no direction', () => {
    assert.throws(() => unitRows(Float32Array.of(0, 0), 1, 2, 2));
    assert.throws(() => unitRows(Float32Array.of(1, NaN), 1, 2, 2));
  });
});

describe('zero-shot answers', () => {
  const dimensions = [
    { name: 'a', question: '', answers: [answer('x', 'p', 'q'), answer('y', 'r')] },
    { name: 'b', question: '', answers: [answer('z', 'p')] },
  ];
  const vectors: Record<string, Float32Array> = {
    p: Float32Array.of(1, 0),
    q: Float32Array.of(0, 1),
    r: Float32Array.of(-1, 0),
  };
  const candidates = candidatesOf(dimensions, (prompt) => vectors[prompt]);

  it('needs each prompt once', () => assert.deepEqual(promptsOf(dimensions), ['p', 'q', 'r']));

  it('gives every answer the softmax of scale · cosine within its question', () => {
    const scores = scoreCandidates(candidates, Float32Array.of(1, 0), { scale: 2, bias: -3 });
    const weights = [Math.exp(2 * Math.SQRT1_2), Math.exp(-2)];
    const first = (100 * weights[0]) / (weights[0] + weights[1]);
    const rounded = scores.map(({ dimension, tag, score }) => `${dimension} ${tag} ${score.toFixed(4)}`);
    assert.deepEqual(rounded, [`a x ${first.toFixed(4)}`, `a y ${(100 - first).toFixed(4)}`, 'b z 100.0000']);
  });
});

describe('what to try after a failure', () => {
  const present = [
    { dtype: 'fp32', bytes: 400, forCpu: true },
    { dtype: 'fp16', bytes: 200, forCpu: false },
    { dtype: 'q8', bytes: 100, forCpu: true },
  ];

  it('is a smaller variant when memory ran out, and the CPU when there is none', () => {
    assert.deepEqual(nextStep({ device: 'cuda', dtype: 'fp16' }, true, present), { device: 'cuda', dtype: 'q8' });
    assert.deepEqual(nextStep({ device: 'cuda', dtype: 'q8' }, true, present), { device: 'cpu', dtype: 'q8' });
    assert.equal(nextStep({ device: 'cpu', dtype: 'q8' }, true, present), null);
  });

  it('is the CPU with a variant made for it when the device failed', () => {
    assert.deepEqual(nextStep({ device: 'coreml', dtype: 'fp16' }, false, present), { device: 'cpu', dtype: 'fp32' });
    assert.deepEqual(nextStep({ device: 'coreml', dtype: 'q8' }, false, present), { device: 'cpu', dtype: 'q8' });
    assert.equal(nextStep({ device: 'cpu', dtype: 'fp32' }, false, present), null);
  });

  it('is said in words', () => {
    const [from, to] = [
      { device: 'dml', dtype: 'fp16' },
      { device: 'cpu', dtype: 'q8' },
    ] as const;
    assert.match(explainStep(from, to, false, 'device removed'), /^DirectML cannot .*\(device removed\).*CPU as q8\.$/);
    assert.match(explainStep(from, to, true, ''), /^DirectML has not enough memory .* as fp16: .* the CPU as q8\.$/);
  });
});

describe('the batch', () => {
  /** Milliseconds of a pass by its size. */
  const timed = (time: (size: number) => number) => {
    let clock = 0;
    const sizes: number[] = [];
    const pass = async (size: number) => {
      sizes.push(size);
      clock += time(size);
    };
    return { pass, now: () => clock, sizes };
  };

  it('grows as long as images get cheaper', async () => {
    const { pass, now } = timed((size) => 10 + size);
    assert.equal(await measureBatch(pass, now), 64);
    const flat = timed((size) => (size <= 8 ? 8 : size));
    assert.equal(await measureBatch(flat.pass, flat.now), 8);
    assert.ok(!flat.sizes.includes(32), 'it stops looking where nothing is gained');
  });

  it('stays below what memory holds, and passes on other failures', async () => {
    const { pass, now } = timed(() => 10);
    const small = async (size: number) => (size > 4 ? Promise.reject(new Error('CUDA out of memory')) : pass(size));
    assert.equal(await measureBatch(small, now), 4);
    await assert.rejects(
      measureBatch(() => Promise.reject(new Error('device lost')), now),
      /device lost/,
    );
    await assert.rejects(
      measureBatch(() => Promise.reject(new Error('out of memory')), now),
      /out of memory/,
    );
  });
});

describe('threads on a CPU', () => {
  it('are as many sessions as processors, of one thread each', () => {
    assert.deepEqual(planThreads(0.09 * GB, 8, 16 * GB), { sessions: 8, threadsEach: 1 });
  });

  it('are fewer sessions of several threads where memory is short, but never none', () => {
    assert.deepEqual(planThreads(0.35 * GB, 8, 4 * GB), { sessions: 2, threadsEach: 4 });
    assert.deepEqual(planThreads(2 * GB, 8, 1 * GB), { sessions: 1, threadsEach: 8 });
  });
});

function answer(tag: string, ...prompts: string[]): { tag: string; text: string; prompts: string[] } {
  return { tag, text: tag, prompts };
}
