import assert from 'node:assert/strict';
import { ReviewQueue, type QueueItems } from '../../../../webview/panel/review/reviewQueue';

type Row = readonly [id: number, tag: string, confidence?: number];

function items(rows: readonly Row[]): QueueItems {
  const tagNames = [...new Set(rows.map(([, tag]) => tag))];
  return {
    ids: Int32Array.from(rows, ([id]) => id),
    confidences: Float32Array.from(rows, ([, , confidence]) => confidence ?? 50),
    tags: Int32Array.from(rows, ([, tag]) => tagNames.indexOf(tag)),
    tagNames,
    providers: new Uint8Array(rows.length),
    providerNames: [{ name: 'builtin', title: 'Built-in' }],
    inUse: new Uint8Array(rows.length),
  };
}

const queueOf = (...rows: Row[]) => new ReviewQueue(items(rows));
const statesOf = (queue: ReviewQueue) => Array.from({ length: queue.size }, (_, index) => queue.state(index));

describe('the review queue', () => {
  it('keeps decided items in their places and counts what is left', () => {
    const queue = queueOf([1, 'dark'], [2, 'dark'], [3, 'dark']);
    queue.decide([1], 'approved');
    queue.decide([2], 'rejected');
    assert.deepEqual(statesOf(queue), ['undecided', 'approved', 'rejected']);
    assert.equal(queue.remaining, 1);
    assert.equal(queue.item(1).id, 2);
  });

  it('takes a decision back to what was before it', () => {
    const queue = queueOf([1, 'dark'], [2, 'dark']);
    queue.decide([0], 'approved');
    const revert = queue.decide([0, 1], 'rejected');
    revert();
    assert.deepEqual(statesOf(queue), ['approved', 'undecided']);
    assert.equal(queue.remaining, 1);
  });

  it('finds the next undecided item behind, then from the start, but not the same one', () => {
    const queue = queueOf([1, 'dark'], [2, 'dark'], [3, 'dark']);
    queue.decide([1], 'approved');
    assert.equal(queue.nextUndecided(0), 2);
    assert.equal(queue.nextUndecided(2), 0);
    queue.decide([0], 'approved');
    assert.equal(queue.nextUndecided(2), null);
  });

  it('goes from image to image, over other suggestions of the same one', () => {
    const queue = queueOf([1, 'dark'], [1, 'blurry'], [2, 'dark']);
    assert.equal(queue.neighbour(0, 1), 2);
    assert.equal(queue.neighbour(2, -1), 1);
    assert.equal(queue.neighbour(1, -1), null);
    assert.equal(queue.neighbour(2, 1), null);
  });

  it('finds a suggestion by image and tag', () => {
    const queue = queueOf([1, 'dark'], [1, 'blurry'], [2, 'dark']);
    assert.equal(queue.indexOf(1, 'blurry'), 1);
    assert.equal(queue.indexOf(2, 'blurry'), -1);
    assert.equal(queue.indexOf(9, 'dark'), -1);
  });

  it('tells which undecided ones lie at or above a confidence, and which below', () => {
    const queue = queueOf([1, 'dark', 90], [2, 'dark', 89.5], [3, 'dark', 95], [4, 'dark', 10]);
    queue.decide([2], 'approved');
    assert.deepEqual(queue.undecidedBy(90, 'above'), [0]);
    assert.deepEqual(queue.undecidedBy(90, 'below'), [1, 3]);
  });
});

describe('the place in the review queue', () => {
  it('is found again by image and tag', () => {
    const before = queueOf([5, 'dark'], [6, 'dark'], [7, 'dark']);
    const after = queueOf([7, 'dark'], [6, 'dark']);
    assert.equal(after.find(before.positionOf(1)), 1);
  });

  it('is that of the suggestion that took its place when it is gone', () => {
    const before = queueOf([5, 'dark'], [6, 'dark'], [7, 'dark'], [8, 'dark']);
    before.decide([0], 'approved');
    const after = queueOf([6, 'dark'], [8, 'dark']);
    assert.equal(after.find(before.positionOf(2)), 1);
    assert.equal(queueOf([6, 'dark']).find(before.positionOf(3)), 0, 'never behind the end');
  });

  it('is the start of a queue that was never entered, and of an empty one', () => {
    assert.equal(queueOf([6, 'dark'], [7, 'dark']).find(null), 0);
    assert.equal(queueOf().find({ sampleId: 1, tag: 'dark', ahead: 3 }), 0);
  });
});

describe('the review queue, compared with what the host lists', () => {
  it('shows what was taken back as undecided, and what is gone as settled', () => {
    const queue = queueOf([1, 'dark'], [2, 'dark'], [3, 'dark']);
    queue.decide([0], 'approved');
    assert.equal(
      queue.reconcile(
        items([
          [1, 'dark'],
          [3, 'dark'],
        ]),
      ),
      0,
    );
    assert.deepEqual(statesOf(queue), ['undecided', 'settled', 'undecided']);
    assert.equal(queue.remaining, 2);
  });

  it('shows what is decided again as it was decided here', () => {
    const queue = queueOf([1, 'dark'], [2, 'dark']);
    queue.decide([0], 'rejected');
    queue.reconcile(
      items([
        [1, 'dark'],
        [2, 'dark'],
      ]),
    );
    queue.reconcile(items([[2, 'dark']]));
    assert.deepEqual(statesOf(queue), ['rejected', 'undecided']);
  });

  it('counts suggestions that are not in it, of tags it knows and of others', () => {
    const queue = queueOf([1, 'dark'], [2, 'dark']);
    assert.equal(
      queue.reconcile(
        items([
          [2, 'dark'],
          [1, 'dark'],
          [3, 'dark'],
          [1, 'blurry'],
        ]),
      ),
      2,
    );
    assert.deepEqual(statesOf(queue), ['undecided', 'undecided']);
  });

  it('tells tags apart that another list has in another order', () => {
    const queue = queueOf([1, 'dark'], [1, 'blurry']);
    assert.equal(queue.reconcile(items([[1, 'blurry']])), 0);
    assert.deepEqual(statesOf(queue), ['settled', 'undecided']);
  });
});
