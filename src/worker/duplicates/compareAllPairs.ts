import type { Pacer } from '../numeric/pacer';
import { hammingDistance } from './hammingDistance';

/** Exact search: every code against every other, about 5 ns a pair. `found` gets a < b. */
export async function compareAllPairs(
  words: Uint32Array,
  count: number,
  maxDistance: number,
  found: (a: number, b: number, distance: number) => void,
  pacer: Pacer,
): Promise<void> {
  for (let a = 0; a < count; a++) {
    compareWithLater(words, a, count, maxDistance, found);
    if (pacer.due()) await pacer.pause();
  }
}

function compareWithLater(
  words: Uint32Array,
  a: number,
  count: number,
  maxDistance: number,
  found: (a: number, b: number, distance: number) => void,
): void {
  for (let b = a + 1; b < count; b++) {
    const distance = hammingDistance(words, a, b, maxDistance);
    if (distance <= maxDistance) found(a, b, distance);
  }
}
