import { formatCount } from '../../shared/formats';

/** How often each whole score from 0 to 100 was given, and how people decided about those. */
export interface ScoreCounts {
  readonly given: Int32Array;
  readonly approved: Int32Array;
  readonly rejected: Int32Array;
}

/** What a threshold accepts. */
export interface Accepted {
  readonly accepted: number;
  readonly total: number;
  /** Of the accepted ones, those that people approved and rejected. */
  readonly approved: number;
  readonly rejected: number;
}

export function acceptedAt({ given, approved, rejected }: ScoreCounts, threshold: number): Accepted {
  const from = Math.ceil(threshold);
  return {
    accepted: sum(given, from),
    total: sum(given, 0),
    approved: sum(approved, from),
    rejected: sum(rejected, from),
  };
}

/** The counts without those of some parts of them. */
export function without(all: ScoreCounts, parts: readonly ScoreCounts[]): ScoreCounts {
  const left = (of: keyof ScoreCounts) =>
    all[of].map((count, score) =>
      Math.max(
        0,
        parts.reduce((rest, part) => rest - (part[of][score] ?? 0), count),
      ),
    );
  return { given: left('given'), approved: left('approved'), rejected: left('rejected') };
}

/** "4,312 of 6,000 answers, 71 %", and what people thought of these where they have decided. */
export function acceptedWords({ accepted, total, approved, rejected }: Accepted): string {
  if (total === 0) return 'No answers yet';
  const share = `${formatCount(accepted)} of ${formatCount(total)} ${total === 1 ? 'answer' : 'answers'}, ${percent(accepted, total)}`;
  const decided = approved + rejected;
  if (decided === 0) return share;
  return `${share} · people approved ${percent(approved, decided)} of the ${formatCount(decided)} they decided about`;
}

/** Whole percent, but neither "0 %" nor "100 %" for what is not quite that. */
function percent(part: number, whole: number): string {
  const rounded = Math.round((100 * part) / whole);
  if (rounded === 0 && part > 0) return 'under 1 %';
  if (rounded === 100 && part < whole) return 'over 99 %';
  return `${rounded} %`;
}

function sum(counts: Int32Array, from: number): number {
  let total = 0;
  for (let score = Math.max(0, from); score < counts.length; score++) total += counts[score];
  return total;
}
