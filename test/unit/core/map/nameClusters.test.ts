import assert from 'node:assert/strict';
import { nameClusters, tellingWords } from '../../../../src/core/map/nameClusters';

describe('names of clusters', () => {
  it('come from the words that set a cluster apart, not from the most frequent ones', () => {
    const telling = tellingWords(
      // 100 points in each of two clusters, 200 elsewhere: all are sharp, the first cluster is dark
      {
        words: ['sharp', 'dark', 'rare'],
        inCluster: Uint32Array.of(100, 90, 15, 100, 5, 0),
        inAll: Uint32Array.of(400, 110, 15),
      },
      [100, 100],
      400,
    );
    assert.deepEqual(
      telling.map((words) => words.map(({ word }) => word)),
      [['dark'], []],
    );
    assert.equal(telling[0][0].share, 0.9);
  });

  it('make nothing of a word where there is nothing else to compare with', () => {
    const counts = { words: ['odd'], inCluster: Uint32Array.of(1), inAll: Uint32Array.of(1) };
    assert.deepEqual(tellingWords(counts, [3], 3), [[]]);
  });

  it('are numbers where no word tells, and never twice the same', () => {
    const word = (name: string) => ({ word: name, share: 1 });
    assert.deepEqual(nameClusters([[word('dark'), word('blue'), word('x')], [], [word('red')], [word('red')]]), [
      'dark, blue',
      'Cluster 2',
      'red',
      'red (2)',
    ]);
  });
});
