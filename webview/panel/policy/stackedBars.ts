import type { ScoreCounts } from './scoreCounts';

/** Where the parts of a bar end, one on the other: 0 to 1 of the highest bar. */
export interface StackedBar {
  readonly approved: number;
  readonly rejected: number;
  readonly all: number;
}

/** One bar for each `scores` whole scores from 0 on; the score 100 belongs to the last one. */
export function stackedBars({ given, approved, rejected }: ScoreCounts, scores: number): StackedBar[] {
  const count = Math.ceil(100 / scores);
  const sums = (counts: Int32Array) => {
    const bars = Array.from({ length: count }, () => 0);
    counts.forEach((times, score) => (bars[Math.min(count - 1, Math.floor(score / scores))] += times));
    return bars;
  };
  const [all, yes, no] = [sums(given), sums(approved), sums(rejected)];
  const highest = Math.max(1, ...all);
  return all.map((times, i) => ({
    approved: yes[i] / highest,
    rejected: (yes[i] + no[i]) / highest,
    all: times / highest,
  }));
}
