import type { Pacer } from '../numeric/pacer';
import { bitCount, CODE_WORDS, hammingDistance } from './hammingDistance';

const PIECE_BITS = 16;
const PIECES = 16;
const PIECE_VALUES = 1 << PIECE_BITS;
/** Codes that are looked up between two looks at the clock. */
const CODES_PER_LOOK = 64;

/**
 * Search by multi-index hashing (M. Norouzi, A. Punjani, D. J. Fleet, "Fast Search in Hamming Space with Multi-Index
 * Hashing", 2012): the 256 bits are dealt out to 16 pieces, and only codes are compared that differ in at most
 * `pieceRadius` bits of some piece. Finds every pair that differs in fewer than 16 · (pieceRadius + 1) bits; a pair of
 * distance d beyond that with the chance 1 − (1 − P)^16 for P the chance that a piece has at most `pieceRadius` of its
 * d ÷ 16 expected differences (.97 for radius 2 at d = 64, .9999 at 48). `found` gets a < b, each pair once.
 */
export async function comparePiecewise(
  words: Uint32Array,
  count: number,
  maxDistance: number,
  pieceRadius: 1 | 2,
  found: (a: number, b: number, distance: number) => void,
  pacer: Pacer,
): Promise<void> {
  const pieces = await dealOut(words, count, pacer);
  const flips = flipsWithin(pieceRadius);
  for (let piece = 0; piece < PIECES; piece++) {
    const values = pieces.subarray(piece * count, (piece + 1) * count);
    const buckets = bucketSort(values, count);
    const search = { words, pieces, piece, count, maxDistance, pieceRadius, found };
    for (let from = 0; from < count; from += CODES_PER_LOOK) {
      compareBuckets(search, values, buckets, flips, from, Math.min(count, from + CODES_PER_LOOK));
      if (pacer.due()) await pacer.pause();
    }
  }
}

interface Search {
  words: Uint32Array;
  pieces: Uint16Array;
  piece: number;
  count: number;
  maxDistance: number;
  pieceRadius: number;
  found: (a: number, b: number, distance: number) => void;
}

interface Buckets {
  starts: Int32Array;
  order: Int32Array;
}

function compareBuckets(
  search: Search,
  values: Uint16Array,
  { starts, order }: Buckets,
  flips: Uint16Array,
  from: number,
  to: number,
): void {
  const { words, maxDistance } = search;
  for (let a = from; a < to; a++) {
    for (const flip of flips) {
      const value = values[a] ^ flip;
      for (let at = starts[value + 1] - 1; at >= starts[value]; at--) {
        const b = order[at];
        if (b <= a) break;
        const distance = hammingDistance(words, a, b, maxDistance);
        if (distance <= maxDistance && !metInEarlierPiece(search, a, b)) search.found(a, b, distance);
      }
    }
  }
}

function metInEarlierPiece({ pieces, piece, count, pieceRadius }: Search, a: number, b: number): boolean {
  for (let p = 0; p < piece; p++) {
    if (bitCount(pieces[p * count + a] ^ pieces[p * count + b]) <= pieceRadius) return true;
  }
  return false;
}

/** Bit k of a code goes to piece k mod 16: neighboring bits, which hang together, go to different pieces. */
async function dealOut(words: Uint32Array, count: number, pacer: Pacer): Promise<Uint16Array> {
  const pieces = new Uint16Array(PIECES * count);
  for (let i = 0; i < count; i++) {
    for (let w = 0; w < CODE_WORDS; w++) {
      const word = words[i * CODE_WORDS + w];
      for (let piece = 0; piece < PIECES; piece++) {
        const two = ((word >>> piece) & 1) | (((word >>> (piece + PIECES)) & 1) << 1);
        pieces[piece * count + i] |= two << (2 * w);
      }
    }
    if (i % CODES_PER_LOOK === 0 && pacer.due()) await pacer.pause();
  }
  return pieces;
}

/** Indices by value, ascending within each value. */
function bucketSort(values: Uint16Array, count: number): Buckets {
  const starts = new Int32Array(PIECE_VALUES + 1);
  for (let i = 0; i < count; i++) starts[values[i] + 1]++;
  for (let value = 0; value < PIECE_VALUES; value++) starts[value + 1] += starts[value];
  const next = starts.slice(0, PIECE_VALUES);
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[next[values[i]]++] = i;
  return { starts, order };
}

/** All 16-bit patterns with at most `radius` bits set. */
function flipsWithin(radius: number): Uint16Array {
  const flips: number[] = [];
  for (let pattern = 0; pattern < PIECE_VALUES; pattern++) if (bitCount(pattern) <= radius) flips.push(pattern);
  return Uint16Array.from(flips);
}
