import type * as v from 'valibot';
import type { ImportReport } from '../../protocol/policyApi';

/** What was done with each row of a mapping file. */
export type MappingReport = Omit<v.InferOutput<typeof ImportReport>, 'file'>;
type Row = MappingReport['rows'][number];

/** What becomes of one row: added without a word, or with the reason why something else. */
export type RowFate =
  { readonly outcome: 'added' } | { readonly outcome: 'replaced' | 'kept' | 'refused'; readonly reason: string };

export const ADDED: RowFate = { outcome: 'added' };
export const refused = (reason: string): RowFate => ({ outcome: 'refused', reason });
export const kept = (reason: string): RowFate => ({ outcome: 'kept', reason });
export const replaced = (reason: string): RowFate => ({ outcome: 'replaced', reason });

/** @param fates of the rows, with the line each stands on. */
export function reportOf(
  fates: readonly { readonly line: number; readonly external: string; readonly fate: RowFate }[],
): MappingReport {
  const count = (outcome: Row['outcome']) => fates.filter(({ fate }) => fate.outcome === outcome).length;
  const rows = fates.flatMap(({ line, external, fate }): Row[] =>
    fate.outcome === 'added' ? [] : [{ line, external, outcome: fate.outcome, reason: fate.reason }],
  );
  return {
    ...{ added: count('added'), replaced: count('replaced'), kept: count('kept'), refused: count('refused') },
    rows: rows.sort((a, b) => a.line - b.line),
  };
}
