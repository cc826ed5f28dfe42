import * as assert from 'node:assert/strict';
import { DESCRIPTOR_LENGTH } from '../../../src/protocol/workerApi';
import { bitCount } from '../../../src/worker/duplicates/hammingDistance';
import { embedDescriptors, embedDescriptorsInSlices, fitBasis } from '../../../src/worker/embedding/visualLookBasis';
import { VISUAL_LOOK_LAYOUT, VISUAL_LOOK_OFFSETS } from '../../../src/worker/embedding/visualLookLayout';
import { rejectsSoonWhenAborted } from './rejectsSoonWhenAborted';
import { concatenate, descriptors, savedAgain } from './syntheticData';

const { signal } = new AbortController();

function distance(codes: Uint8Array, a: number, b: number): number {
  let bits = 0;
  for (let k = 0; k < 32; k++) bits += bitCount(codes[a * 32 + k] ^ codes[b * 32 + k]);
  return bits;
}

function cosine(vectors: Float32Array, length: number, a: number, b: number): number {
  let sum = 0;
  for (let j = 0; j < length; j++) sum += vectors[a * length + j] * vectors[b * length + j];
  return sum;
}

describe('visual-look layout', () => {
  it('fills the descriptor, part by part', () => {
    assert.equal(VISUAL_LOOK_OFFSETS.length, VISUAL_LOOK_LAYOUT.length + 1);
    assert.equal(VISUAL_LOOK_OFFSETS.at(-1), DESCRIPTOR_LENGTH);
  });
});

describe('visual-look basis', function () {
  this.timeout(30_000);

  it('has 256 dimensions, and one less than images where there are fewer', async () => {
    for (const [count, expected] of [
      [300, 256],
      [150, 149],
      [10, 9],
      [2, 1],
      [1, 1],
      [0, 1],
    ]) {
      const basis = await fitBasis(descriptors(count, 1), count, 1, signal);
      assert.equal(basis.outputLength, expected, `${count} images`);
      assert.equal(basis.components.length, (expected + 256) * DESCRIPTOR_LENGTH);
      for (const part of [basis.mean, basis.components, basis.scale]) assert.ok(part.every(Number.isFinite));
      const { vectors, signCodes } = embedDescriptors(basis, descriptors(count, 1), count);
      assert.equal(signCodes.length, count * 32);
      for (let i = 0; i < count; i++) {
        const length = cosine(vectors, expected, i, i);
        assert.ok(Math.abs(length - 1) < 1e-5, `vector ${i} of ${count} has the squared length ${length}`);
      }
    }
  });

  it('gives the same bits for the same input, in slices or at once', async () => {
    const rows = descriptors(60, 2);
    const [first, second] = await Promise.all([fitBasis(rows, 60, 5, signal), fitBasis(rows, 60, 5, signal)]);
    assert.deepEqual(first, second);
    assert.deepEqual(await embedDescriptorsInSlices(first, rows, 60, signal), embedDescriptors(second, rows, 60));
  });

  it('puts a picture that was saved again next to itself', async () => {
    const count = 80;
    const rows = concatenate(
      descriptors(count, 3),
      savedAgain(descriptors(count, 3).slice(0, 5 * DESCRIPTOR_LENGTH), 4),
    );
    const basis = await fitBasis(rows, count + 5, 1, signal);
    const { vectors } = embedDescriptors(basis, rows, count + 5);
    for (let copy = 0; copy < 5; copy++) {
      const likeness = Array.from({ length: count }, (_, i) => cosine(vectors, basis.outputLength, count + copy, i));
      assert.equal(likeness.indexOf(Math.max(...likeness)), copy);
    }
  });

  it('gives every block a say, however small its numbers are', async () => {
    const rows = descriptors(60, 6);
    const scaled = rows.map((value, i) => (i % DESCRIPTOR_LENGTH < 112 ? value * 1000 : value));
    const vectors = async (input: Float32Array) =>
      embedDescriptors(await fitBasis(input, 60, 1, signal), input, 60).vectors;
    const [plain, loud] = await Promise.all([vectors(rows), vectors(scaled)]);
    for (let i = 1; i < 60; i++) {
      assert.ok(Math.abs(cosine(plain, 59, 0, i) - cosine(loud, 59, 0, i)) < 1e-2);
    }
  });

  it('takes identical images, constant columns and copies', async () => {
    const one = descriptors(1, 7);
    const same = concatenate(one, one, one);
    const basis = await fitBasis(same, 3, 1, signal);
    const { vectors, signCodes } = embedDescriptors(basis, same, 3);
    assert.equal(basis.outputLength, 1);
    assert.deepEqual([...vectors], [1, 1, 1]);
    assert.equal(distance(signCodes, 0, 2), 0);

    const flat = descriptors(30, 8).map((value, i) => (i % DESCRIPTOR_LENGTH > 600 ? 0.5 : value));
    const fitted = await fitBasis(flat, 30, 1, signal);
    assert.equal(fitted.outputLength, 29);
    assert.ok(embedDescriptors(fitted, descriptors(5, 9), 5).vectors.every(Number.isFinite));
  });

  it('can be cancelled while it fits and while it embeds', async () => {
    const rows = descriptors(1000, 10);
    await rejectsSoonWhenAborted((aborted) => fitBasis(rows, 1000, 1, aborted), 120);
    const basis = await fitBasis(rows, 30, 1, signal);
    const many = new Float32Array(20_000 * DESCRIPTOR_LENGTH).fill(0.5);
    await rejectsSoonWhenAborted((aborted) => embedDescriptorsInSlices(basis, many, 20_000, aborted), 50);
  });
});

describe('sign codes', function () {
  this.timeout(30_000);

  for (const count of [2, 3, 8, 40, 150, 400]) {
    it(`tell copies from other pictures among ${count} pictures and ${Math.ceil(count / 4)} copies`, async () => {
      const originals = descriptors(count, 11);
      const copies = Math.ceil(count / 4);
      const rows = concatenate(originals, savedAgain(originals.slice(0, copies * DESCRIPTOR_LENGTH), 12));
      const basis = await fitBasis(rows, count + copies, 1, signal);
      const { signCodes } = embedDescriptors(basis, rows, count + copies);
      for (let a = 0; a < count + copies; a++) {
        for (let b = 0; b < a; b++) {
          const bits = distance(signCodes, a, b);
          if (a - count === b) assert.ok(bits <= 64, `copy ${b} differs in ${bits} bits`);
          else assert.ok(bits > 64, `pictures ${b} and ${a} differ in ${bits} bits only`);
        }
      }
    });
  }

  it('tell two pictures apart, and two saves of one alike, when there is nothing else', async () => {
    const [one, other] = [descriptors(1, 13), descriptors(1, 14)];
    for (const [second, alike] of [
      [savedAgain(one, 15), true],
      [other, false],
    ] as const) {
      const rows = concatenate(one, second);
      const { signCodes } = embedDescriptors(await fitBasis(rows, 2, 1, signal), rows, 2);
      assert.equal(distance(signCodes, 0, 1) <= 64, alike);
    }
  });
});
