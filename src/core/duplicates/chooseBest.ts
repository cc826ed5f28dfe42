/** What is known of an image of a group, for choosing the one to keep. */
export interface Candidate {
  readonly id: number;
  readonly path: string;
  /** Pixels; 0 while unknown. */
  readonly width: number;
  readonly height: number;
  readonly format: string | null;
  /** Bytes. */
  readonly size: number;
  /** Edge contrast at full over half size, or null where it cannot be measured. */
  readonly sharpness: number | null;
}

/** The image to keep, and why, in words. */
export interface Best {
  readonly id: number;
  readonly reason: string;
}

/** Less than this apart nobody sees a difference. */
const SAME_SHARPNESS = 0.02;
/** Formats that lose nothing of what was in them. */
const LOSSLESS: readonly string[] = ['png', 'tiff', 'gif'];

/** A question that sets candidates apart: those with the highest value stay. */
interface Question {
  readonly value: (candidate: Candidate) => number;
  /** Values that are no more apart count as equal. */
  readonly tolerance: number;
  readonly reason: (best: Candidate) => string;
}

const QUESTIONS: readonly Question[] = [
  {
    value: ({ width, height }) => width * height,
    tolerance: 0,
    reason: ({ width, height }) => `the most pixels, ${width} × ${height}`,
  },
  {
    value: ({ sharpness }) => sharpness ?? 0,
    tolerance: SAME_SHARPNESS,
    reason: ({ sharpness }) => `the sharpest, ${(sharpness ?? 0).toFixed(2)}`,
  },
  {
    value: ({ format }) => (format !== null && LOSSLESS.includes(format) ? 1 : 0),
    tolerance: 0,
    reason: ({ format }) => `a format without loss, ${(format ?? '').toUpperCase()}`,
  },
  { value: ({ size }) => size, tolerance: 0, reason: () => 'the largest file, so the least compressed' },
];

/**
 * The image of a group that is best to keep: that with the most pixels; of those the sharpest; of those one in a format
 * without loss, then the largest file, then the one whose path is shortest and comes first. The reason names the question
 * that decided.
 * @param candidates at least one
 */
export function chooseBest(candidates: readonly Candidate[]): Best {
  let left = [...candidates];
  for (const { value, tolerance, reason } of QUESTIONS) {
    const highest = left.reduce((most, candidate) => Math.max(most, value(candidate)), -Infinity);
    const best = left.filter((candidate) => value(candidate) >= highest - tolerance);
    if (best.length === 1 && left.length > 1) return { id: best[0].id, reason: reason(best[0]) };
    left = best;
  }
  left.sort((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
  return { id: left[0].id, reason: 'as good as the others, with the shortest path' };
}
