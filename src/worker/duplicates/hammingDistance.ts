/** 32-bit words of a sign code. */
export const CODE_WORDS = 8;

/** Sign codes as words, whatever the alignment of the bytes. Words keep the bits together, not their order. */
export function codeWords(signCodes: Uint8Array, count: number): Uint32Array {
  const bytes = new Uint8Array(count * CODE_WORDS * 4);
  bytes.set(signCodes.subarray(0, bytes.length));
  return new Uint32Array(bytes.buffer);
}

/** Number of bits that are set in a 32-bit integer (H. S. Warren, "Hacker's Delight", 5–1). */
export function bitCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Bits in which the codes of rows a and b differ, 0 to 256; stops counting, above `limit`, once it is passed. */
export function hammingDistance(words: Uint32Array, a: number, b: number, limit: number): number {
  return hammingBetween(words, a, words, b, limit);
}

/** The same for row a of one set of codes and row b of another. */
export function hammingBetween(words: Uint32Array, a: number, others: Uint32Array, b: number, limit: number): number {
  const p = a * CODE_WORDS;
  const q = b * CODE_WORDS;
  let distance = pairCount(words[p] ^ others[q], words[p + 1] ^ others[q + 1]);
  distance += pairCount(words[p + 2] ^ others[q + 2], words[p + 3] ^ others[q + 3]);
  if (distance > limit) return distance;
  distance += pairCount(words[p + 4] ^ others[q + 4], words[p + 5] ^ others[q + 5]);
  if (distance > limit) return distance;
  return distance + pairCount(words[p + 6] ^ others[q + 6], words[p + 7] ^ others[q + 7]);
}

/** Bits set in two words: the counts of both are added while they still fit into bytes. */
function pairCount(first: number, second: number): number {
  let x = first - ((first >>> 1) & 0x55555555);
  let y = second - ((second >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  y = (y & 0x33333333) + ((y >>> 2) & 0x33333333);
  x = ((x + (x >>> 4)) & 0x0f0f0f0f) + ((y + (y >>> 4)) & 0x0f0f0f0f);
  return Math.imul(x, 0x01010101) >>> 24;
}
