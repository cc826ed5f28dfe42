import { SqlParameters } from '../filter/sqlParameters';
import type { SampleFilter } from '../sampleFilter';
import { compileWhere } from './selectSamples';
import type { Session } from './session';

/** Which suggestions are looked at; null: of all. Samples whose file is missing stay out, whatever the filter says. */
export interface ReviewScope {
  readonly tag: string | null;
  readonly provider: string | null;
  readonly filter: SampleFilter | null;
}

/** What a person agrees to, of the action of a decision; the others keep a tag away. */
export const AGREES = (action: string) => `${action} IN ('added', 'approved')`;

/** Suggestions that nobody has decided about: those that wait, and those that are tags because the policy approves them. */
const UNDECIDED = `
  SELECT sample_id, tag, dimension, source, confidence, false AS in_use FROM pending_suggestions
  UNION ALL
  SELECT sample_id, tag, dimension, source, confidence, true FROM sample_tags
  WHERE source <> 'person' AND implied_by IS NULL`;

/** Stages the ids of the samples that are looked at as `review_samples`. */
export async function stageReviewSamples(session: Session, filter: SampleFilter | null): Promise<void> {
  const parameters = new SqlParameters();
  const where = filter === null ? 'true' : await compileWhere(session, filter, parameters);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE review_samples AS SELECT s.id FROM samples s WHERE NOT s.missing AND ${where}`,
    parameters.values,
  );
}

/**
 * Stages what waits for a person as `review_queue` (sample_id, tag, dimension, source, confidence, in_use), one row for
 * each suggestion in the scope. `review_samples` comes along.
 */
export async function stageReviewQueue(session: Session, { tag, provider, filter }: ReviewScope): Promise<void> {
  await stageReviewSamples(session, filter);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE review_queue AS
     SELECT q.* FROM (${UNDECIDED}) q SEMI JOIN review_samples ON review_samples.id = q.sample_id
     WHERE q.tag = coalesce($1, q.tag) AND q.source = coalesce($2, q.source)`,
    [tag, provider],
  );
}

/** Gives the memory of what was staged back. */
export async function dropReview(session: Session): Promise<void> {
  for (const table of ['review_queue', 'review_samples', 'review_judged', 'review_useful']) {
    await session.run(`DROP TABLE IF EXISTS temp.${table}`);
  }
}
