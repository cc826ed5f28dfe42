import type { BenchmarkResult } from './benchmark';

const RUNS = 5;

/** Measures both sides in turns, so that what else the machine does meets both, and compares their medians. */
export async function alternate(
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
  unit: string,
  runs = RUNS,
): Promise<BenchmarkResult> {
  const values: number[] = [];
  const against: number[] = [];
  for (let run = 0; run < runs; run++) {
    values.push(await ours());
    against.push(await theirs());
  }
  const value = median(values);
  const other = median(against);
  return { ratio: value / other, value, against: other, unit, runs };
}

export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = ascending.length >> 1;
  return ascending.length % 2 === 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2;
}
