/**
 * Random numbers that depend on nothing but the seed: xorshift32 (G. Marsaglia, "Xorshift RNGs", 2003) started from a
 * multiplicative hash of the seed. Good enough to sample and to shake; not for secrets.
 */
export class SeededRandom {
  #state: number;

  /** @param seed any integer; @param stream keeps uses apart that share a seed. */
  constructor(seed: number, stream = 0) {
    const mixed = Math.imul(seed ^ 0x9e3779b9, 2654435761) ^ Math.imul(stream + 1, 0x85ebca6b);
    this.#state = mixed >>> 0 || 1;
    for (let i = 0; i < 8; i++) this.uint32();
  }

  /** 1 to 2³² − 1. */
  uint32(): number {
    let s = this.#state;
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    this.#state = s >>> 0;
    return this.#state;
  }

  /** 0 inclusive to 1 exclusive. */
  uniform(): number {
    return (this.uint32() - 1) / 4294967295;
  }

  /** An integer from 0 to limit − 1. */
  below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  /** Normally distributed, mean 0, deviation 1 (Box–Muller, one of the two values). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** `size` distinct integers below `limit`, ascending; all of them when size ≥ limit. */
  sample(limit: number, size: number): Int32Array {
    const all = new Int32Array(limit);
    for (let i = 0; i < limit; i++) all[i] = i;
    if (size >= limit) return all;
    for (let i = 0; i < size; i++) {
      const other = i + this.below(limit - i);
      const picked = all[other];
      all[other] = all[i];
      all[i] = picked;
    }
    return all.slice(0, size).sort();
  }
}
