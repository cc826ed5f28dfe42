import { CODE_WORDS } from './hammingDistance';

/** Images grouped by equal sign codes, so that a folder of ten thousand black frames costs no more than one. */
export interface EqualCodes {
  /** The first image of each distinct code, ascending. */
  distinct: Int32Array;
  /** All images of distinct code k: `members[starts[k]] … members[starts[k + 1] − 1]`, ascending. */
  members: Int32Array;
  starts: Int32Array;
}

const EMPTY = -1;

export function groupEqualCodes(words: Uint32Array, count: number): EqualCodes {
  const mask = 2 ** Math.ceil(Math.log2(2 * count + 2)) - 1;
  const groupAt = new Int32Array(mask + 1).fill(EMPTY);
  const groupOf = new Int32Array(count);
  const distinct: number[] = [];
  for (let image = 0; image < count; image++) {
    let slot = hashCode(words, image) & mask;
    while (groupAt[slot] !== EMPTY && !sameCode(words, distinct[groupAt[slot]], image)) slot = (slot + 1) & mask;
    if (groupAt[slot] === EMPTY) groupAt[slot] = distinct.push(image) - 1;
    groupOf[image] = groupAt[slot];
  }

  const starts = new Int32Array(distinct.length + 1);
  for (const group of groupOf) starts[group + 1]++;
  for (let group = 0; group < distinct.length; group++) starts[group + 1] += starts[group];
  const next = starts.slice();
  const members = new Int32Array(count);
  groupOf.forEach((group, image) => (members[next[group]++] = image));
  return { distinct: Int32Array.from(distinct), members, starts };
}

/** FNV-1a over the words, stirred at the end since the table uses the low bits. */
function hashCode(words: Uint32Array, image: number): number {
  let hash = 0x811c9dc5;
  for (let w = image * CODE_WORDS; w < (image + 1) * CODE_WORDS; w++) hash = Math.imul(hash ^ words[w], 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function sameCode(words: Uint32Array, a: number, b: number): boolean {
  for (let w = 0; w < CODE_WORDS; w++) if (words[a * CODE_WORDS + w] !== words[b * CODE_WORDS + w]) return false;
  return true;
}
