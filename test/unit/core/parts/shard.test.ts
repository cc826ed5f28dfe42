import assert from 'node:assert/strict';
import { isInShard, sliceOf } from '../../../../src/core/parts/shard';

describe('slices of a folder', () => {
  const paths = Array.from({ length: 3000 }, (_, i) => `folder ${i % 7}/ïmage-${i}.jpg`);

  for (const count of [1, 2, 3, 16]) {
    it(`are disjoint and complete, ${count} of them, and about equal`, () => {
      const sizes = Array.from({ length: count }, () => 0);
      for (const path of paths) {
        const homes = sizes.flatMap((_, index) => (isInShard(path, { index, count }) ? [index] : []));
        assert.deepEqual(homes, [sliceOf(path, count)]);
        sizes[homes[0]]++;
      }
      for (const size of sizes) assert.ok(Math.abs(size - 3000 / count) < 600 / Math.sqrt(count), sizes.join());
    });
  }

  it('depend on the path alone, so that files added move none, and other programs can tell', () => {
    // python3 -c "import hashlib; print(int.from_bytes(hashlib.sha256(b'a/b.jpg').digest()[:4], 'big') % 10)"
    assert.deepEqual([sliceOf('a/b.jpg', 10), sliceOf('ü.png', 10)], [2, 0]);
  });
});
