import type { Variant } from './variants';
import type { Verdict } from './judge';

const COLUMNS = {
  clarity: ['sharp', 'blurry', 'noisy', 'silent'],
  lighting: ['dark', 'dim', 'normal', 'bright'],
} as const;

/** Counts verdicts by variant and by truth, and prints their shares. */
export class TruthTable {
  private readonly counts = new Map<string, Map<string, number>>();

  add(variant: Variant, { tags }: Verdict): void {
    for (const row of [`${variant.truth}: ${variant.name}`, `${variant.truth}: ALL`]) {
      const counts = this.counts.get(row) ?? new Map<string, number>();
      this.counts.set(row, counts);
      for (const key of ['photos', tags.clarity?.tag ?? 'silent', tags.lighting?.tag ?? 'silent']) {
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }

  /** A Markdown table, shares without their leading zero. */
  print(): string {
    const columns = [...COLUMNS.clarity, ...COLUMNS.lighting];
    const rows = [...this.counts].map(([row, counts]) => {
      const photos = counts.get('photos')!;
      const shares = columns.map((column) => ((counts.get(column) ?? 0) / photos).toFixed(3).replace(/^0/, ''));
      return `| ${row} | ${photos} | ${shares.join(' | ')} |`;
    });
    const head = `| truth | photos | ${columns.join(' | ')} |`;
    return [head, head.replace(/[^|]+/g, ' --- '), ...rows].join('\n');
  }
}
