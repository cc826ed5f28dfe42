import { CODE_WORDS } from './hammingDistance';
import { MOST_PARTNERS } from './pairCollector';

/** Images grouped by equal codes, so that a folder of ten thousand black frames costs no more than one. */
export interface EqualCodes {
  /** The first image of each distinct code, ascending. */
  distinct: Int32Array;
  /** All images of distinct code k: `members[starts[k]] … members[starts[k + 1] − 1]`, ascending. */
  members: Int32Array;
  starts: Int32Array;
}

const EMPTY = -1;

/** @param width 32-bit words of a code */
export function groupEqualCodes(words: Uint32Array, count: number, width = CODE_WORDS): EqualCodes {
  const mask = 2 ** Math.ceil(Math.log2(2 * count + 2)) - 1;
  const groupAt = new Int32Array(mask + 1).fill(EMPTY);
  const groupOf = new Int32Array(count);
  const distinct: number[] = [];
  for (let image = 0; image < count; image++) {
    let slot = hashCode(words, image, width) & mask;
    while (groupAt[slot] !== EMPTY && !sameCode(words, distinct[groupAt[slot]], image, width)) slot = (slot + 1) & mask;
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
function hashCode(words: Uint32Array, image: number, width: number): number {
  let hash = 0x811c9dc5;
  for (let w = image * width; w < (image + 1) * width; w++) hash = Math.imul(hash ^ words[w], 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function sameCode(words: Uint32Array, a: number, b: number, width: number): boolean {
  for (let w = 0; w < width; w++) if (words[a * width + w] !== words[b * width + w]) return false;
  return true;
}

/** Told of a pair of images and the distance of their codes. */
export type AddPair = (a: number, b: number, distance: number) => void;

/** All pairs within a group of equal codes, as long as there is room; its first image is paired with all others. */
export function pairEqualOnes({ members, starts }: EqualCodes, add: AddPair): void {
  for (let group = 0; group + 1 < starts.length; group++) {
    const end = starts[group + 1];
    for (let i = starts[group]; i < end; i++) {
      const room = i === starts[group] ? end : Math.min(end, starts[group] + MOST_PARTNERS + 1);
      for (let j = i + 1; j < room; j++) add(members[i], members[j], 0);
    }
  }
}

/** Pairs the images of two distinct codes with each other, as long as there is room. */
export function pairGroups(
  { members, starts }: EqualCodes,
  a: number,
  b: number,
  distance: number,
  add: AddPair,
): void {
  const endA = Math.min(starts[a + 1], starts[a] + MOST_PARTNERS);
  const endB = Math.min(starts[b + 1], starts[b] + MOST_PARTNERS);
  for (let i = starts[a]; i < endA; i++) {
    for (let j = starts[b]; j < endB; j++) add(members[i], members[j], distance);
  }
}
