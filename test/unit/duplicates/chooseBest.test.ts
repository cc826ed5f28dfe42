import * as assert from 'node:assert/strict';
import { chooseBest, type Candidate } from '../../../src/core/duplicates/chooseBest';

const image = (id: number, other: Partial<Candidate> = {}): Candidate => ({
  ...{ id, path: `folder/${id}.jpg`, width: 400, height: 300, format: 'jpeg', size: 1000, sharpness: 1 },
  ...other,
});

describe('the image to keep', () => {
  it('has the most pixels, however sharp the others are', () => {
    const { id, reason } = chooseBest([image(1, { sharpness: 1.2 }), image(2, { width: 800, height: 600 })]);
    assert.equal(id, 2);
    assert.equal(reason, 'the most pixels, 800 × 600');
  });

  it('is the sharpest of equally large ones, by more than nobody sees', () => {
    assert.match(chooseBest([image(1, { sharpness: 0.6 }), image(2, { sharpness: 0.9 })]).reason, /sharpest, 0\.90/);
    assert.equal(chooseBest([image(1, { sharpness: 0.9 }), image(2, { sharpness: null })]).id, 1);
    assert.equal(chooseBest([image(1, { sharpness: 1, size: 2000 }), image(2, { sharpness: 1.01 })]).id, 1);
  });

  it('is one without loss, then the largest file', () => {
    const { id, reason } = chooseBest([image(1, { size: 9000 }), image(2, { format: 'png' })]);
    assert.deepEqual([id, reason], [2, 'a format without loss, PNG']);
    assert.match(chooseBest([image(1, { size: 9000 }), image(2)]).reason, /largest file/);
  });

  it('is that with the shortest path of copies, then the first', () => {
    const { id, reason } = chooseBest([image(1, { path: 'b copy.jpg' }), image(2, { path: 'b.jpg' }), image(3)]);
    assert.deepEqual([id, reason], [2, 'as good as the others, with the shortest path']);
    assert.equal(chooseBest([image(1, { path: 'b' }), image(2, { path: 'a' })]).id, 2);
  });
});
