import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { unparse } from 'papaparse';
import { UserError } from '../../protocol/userError';
import type { DecisionRow } from '../store/decisionLog';
import type { Tagging } from '../tagging';
import type { DecisionLogFormat } from './logFormat';

/** Columns in their order; in JSON the same names. */
const COLUMNS = [
  ...['id', 'time', 'operation', 'title', 'cause', 'path', 'contentHash', 'tag', 'canonicalTag', 'dimension', 'action'],
  ...['provider', 'score'],
] as const satisfies readonly (keyof DecisionRow)[];

/** The log of all decisions as text, in pieces. Each piece ends a line. */
export async function* decisionLogText(
  tagging: Tagging,
  format: DecisionLogFormat,
): AsyncIterable<{ readonly text: string; readonly decisions: number }> {
  if (format === 'csv') yield { text: `${COLUMNS.join(',')}\n`, decisions: 0 };
  for await (const rows of tagging.decisionLog()) {
    const text = format === 'csv' ? csvLines(rows) : rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    yield { text, decisions: rows.length };
  }
}

/**
 * Writes the log of all decisions into a file, which is there as a whole or, when that fails, as it was before.
 * @returns how many decisions there are
 * @throws UserError `file-not-writable`
 */
export async function writeDecisionLog(tagging: Tagging, file: string, format: DecisionLogFormat): Promise<number> {
  const partial = `${file}.${randomUUID()}.partial`;
  let decisions = 0;
  try {
    const handle = await open(partial, 'wx');
    try {
      for await (const piece of decisionLogText(tagging, format)) {
        await handle.write(piece.text);
        decisions += piece.decisions;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw asUserError(error, file);
  }
  return decisions;
}

/** What the system says of a file is for the person to act on. */
function asUserError(error: unknown, file: string): unknown {
  if (!(error instanceof Error && 'syscall' in error)) return error;
  return new UserError(
    'file-not-writable',
    `The log of decisions cannot be written to ${file} (${error.message}). Choose another place or free some space.`,
    { cause: error },
  );
}

function csvLines(rows: readonly DecisionRow[]): string {
  return `${unparse([...rows], { columns: [...COLUMNS], header: false, newline: '\n' })}\n`;
}
