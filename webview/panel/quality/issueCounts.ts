import type { QualityIssue } from '../../../src/protocol/qualityApi';

/**
 * How many images have an issue at another threshold, to the nearest step of the histogram; exact at the stored one.
 */
export function issuesAt(issue: QualityIssue, threshold: number): number {
  const { counts, least, most, side, samples } = issue;
  if (threshold === issue.threshold) return samples;
  const width = (most - least) / counts.length;
  return counts.reduce((sum, count, bin) => {
    // It also holds what lies beyond the end of the slider, which no threshold reaches.
    if (bin === (side === 'below' ? counts.length - 1 : 0)) return sum;
    const from = least + bin * width;
    const isIn = side === 'below' ? from + width <= threshold + width / 2 : from >= threshold - width / 2;
    return isIn ? sum + count : sum;
  }, 0);
}

/** Heights of `bars` bars, 0 to 1, and whether the images in each have the issue at that threshold. */
export function issueBars(
  { counts, least, most, side }: QualityIssue,
  bars: number,
  threshold: number,
): { readonly height: number; readonly isIn: boolean }[] {
  const each = counts.length / bars;
  const sums = Array.from({ length: bars }, (_, bar) =>
    counts.subarray(Math.floor(bar * each), Math.floor((bar + 1) * each)).reduce((sum, count) => sum + count, 0),
  );
  const highest = Math.max(1, ...sums);
  const width = (most - least) / bars;
  return sums.map((sum, bar) => {
    const middle = least + (bar + 0.5) * width;
    // One image among a million is still to be seen.
    return {
      height: sum === 0 ? 0 : Math.max(0.05, sum / highest),
      isIn: side === 'below' ? middle <= threshold : middle >= threshold,
    };
  });
}
