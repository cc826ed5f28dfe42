/** Chooses `count` of the ids by the seed, ascending; the same ids and seed give the same choice. */
export function chooseIds(ids: Int32Array, count: number, seed: number): Int32Array {
  if (count >= ids.length) return ids;
  const random = mulberry32(seed);
  const pool = ids.slice();
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[j]] = [pool[j], pool[i]];
  }
  return pool.slice(0, count).sort();
}

/** Tommy Ettinger's 32-bit generator, public domain. Numbers from 0 up to 1. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
