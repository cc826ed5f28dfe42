import type { Session } from './session';

/** What models say, and where it is kept when a run replaces it: columns are the same, `replaced_by` comes last. */
export const ANSWER_TABLES = [
  { table: 'predictions', archive: 'replaced_predictions' },
  { table: 'taggings', archive: 'replaced_taggings' },
  { table: 'captions', archive: 'replaced_captions' },
] as const;

export type AnswerTable = (typeof ANSWER_TABLES)[number]['table'];

/**
 * Takes away what a model said of the `staged` samples, to make room for what a run has to say. What an earlier run had
 * said is kept, so that this run can be undone; of what was replaced before, nothing is, as only the last run can be.
 * @param dimensions a temporary table with the `name`s of the only dimensions to replace, or null
 */
export async function replaceAnswers(
  session: Session,
  table: AnswerTable,
  { runId, model }: { readonly runId: number; readonly model: string },
  dimensions: string | null = null,
): Promise<void> {
  const some = dimensions === null ? '' : `AND dimension IN (SELECT name FROM ${dimensions})`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE replaced_rows AS
     SELECT said.* FROM ${table} said SEMI JOIN staged ON staged.id = said.sample_id
     WHERE model = $1 AND run_id <> $2::INTEGER ${some}`,
    [model, runId],
  );
  await session.run(`DELETE FROM ${table} USING staged WHERE staged.id = ${table}.sample_id AND model = $1 ${some}`, [
    model,
  ]);
  const { any } = await session.row<{ any: boolean }>('SELECT count(*) > 0 AS any FROM replaced_rows');
  if (!any) return;
  for (const { archive } of ANSWER_TABLES) {
    await session.run(`DELETE FROM ${archive} WHERE model = $1 AND replaced_by < $2::INTEGER`, [model, runId]);
  }
  await session.run(`INSERT INTO replaced_${table} SELECT *, $1::INTEGER FROM replaced_rows`, [runId]);
}

/** What undone runs had said of the `staged` samples cannot come back once the model has answered anew. */
export async function forgetUndone(session: Session, model: string): Promise<void> {
  const { any } = await session.row<{ any: boolean }>(
    'SELECT count(*) > 0 AS any FROM runs WHERE model = $1 AND undone_at IS NOT NULL',
    [model],
  );
  if (!any) return;
  for (const { archive } of ANSWER_TABLES) {
    await session.run(
      `DELETE FROM ${archive} USING staged
       WHERE staged.id = ${archive}.sample_id AND model = $1 AND run_id = replaced_by`,
      [model],
    );
  }
}
