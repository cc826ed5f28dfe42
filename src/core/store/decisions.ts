import type { DecideAction, Operation } from '../../protocol/tagApi';
import type { SampleScope } from '../sampleScope';
import { canonicalTag } from './aliases';
import { decidedSql } from './decided';
import { deriveTags } from './derive';
import { deriveTouched } from './deriveTouched';
import { lastDecision, recordOperation } from './operationRecords';
import { decisionTitle, type DecisionFacts } from './operationTitles';
import type { Session } from './session';
import { stageScope } from './stageScope';
import { resolveTags, tagDimensions } from './tagNames';

/** What a person said of a tag. The first two give it to the sample, the others keep it away, whatever models say. */
export type { DecisionAction } from '../../protocol/tagApi';

/** What the detail of a `decide` operation holds. */
export interface DecideDetail {
  /** The highest id of a decision before it. */
  readonly after: number;
  /** Tags that it was the first to name, with their dimension. */
  readonly created: Readonly<Record<string, string>>;
}

/**
 * Appends a decision on each of the tags for each of the samples where that changes something, as one operation, and
 * derives their tags anew. Null when nothing changes.
 * @param dimension null: that which the tag has
 * @throws UserError `tag-name`
 */
export async function decide(
  session: Session,
  scope: SampleScope,
  texts: readonly string[],
  action: DecideAction,
  dimension: string | null,
): Promise<Operation | null> {
  const tags = (await resolveTags(session, texts)).map(({ tag }) => tag);
  const dimensions = await tagDimensions(session, tags);
  await stageScope(session, 'decided_samples', scope);
  await session.stage('decided_tags', {
    tag: { type: 'VARCHAR', values: tags },
    dimension: { type: 'VARCHAR', values: tags.map((tag) => dimension ?? dimensions.get(tag)!) },
  });
  await session.run(
    `CREATE OR REPLACE TEMP TABLE to_decide AS
     SELECT s.id AS sample_id, t.tag, t.dimension, '${action}' AS action FROM decided_samples s CROSS JOIN decided_tags t
     ${action === 'removed' ? THERE_TO_REMOVE : ''}`,
  );
  return decideStaged(session);
}

/** What a sample does not have, and nobody suggests, is not removed from it. */
const THERE_TO_REMOVE = `
  WHERE EXISTS (
    FROM (SELECT sample_id, tag FROM sample_tags UNION ALL SELECT sample_id, tag FROM pending_suggestions) there
    WHERE there.sample_id = s.id AND there.tag = t.tag)`;

/** Decisions of which each is about one sample: that on `ids[i]` is about `tagNames[tags[i]]`, parallel arrays. */
export interface SingleDecisions {
  readonly ids: Int32Array;
  readonly tags: Int32Array;
  readonly tagNames: readonly string[];
  /** 1: approved, 0: rejected. */
  readonly approved: Uint8Array;
}

/** Approves and rejects single suggestions, as one operation. Null when nothing changes. */
export async function decideEach(
  session: Session,
  { ids, tags, tagNames, approved }: SingleDecisions,
): Promise<Operation | null> {
  const names = await Promise.all(tagNames.map((name) => canonicalTag(session, name)));
  const dimensions = await tagDimensions(session, [...new Set(names)]);
  const texts = (pick: (row: number) => string) =>
    ({ type: 'VARCHAR', values: Array.from(ids, (_, row) => pick(row)) }) as const;
  const tagOf = (row: number) => names[tags[row]];
  await session.stage('single_decisions', {
    sample_id: { type: 'INTEGER', values: ids },
    position: { type: 'INTEGER', values: Int32Array.from(ids, (_, row) => row) },
    tag: texts(tagOf),
    dimension: texts((row) => dimensions.get(tagOf(row))!),
    action: texts((row) => (approved[row] === 1 ? 'approved' : 'rejected')),
  });
  await session.run(
    `CREATE OR REPLACE TEMP TABLE to_decide AS
     SELECT sample_id, tag, any_value(dimension) AS dimension, arg_max(action, position) AS action
     FROM single_decisions SEMI JOIN samples ON samples.id = sample_id GROUP BY sample_id, tag`,
  );
  return decideStaged(session);
}

/**
 * Records what the temporary table `to_decide` (sample_id, tag, dimension, action) says where it changes something, as
 * one operation. Tags are canonical, and each is there once for a sample. Null when nothing changes.
 * @param titleOf what was done, in words
 */
export async function decideStaged(
  session: Session,
  titleOf: (facts: DecisionFacts) => string = decisionTitle,
): Promise<Operation | null> {
  await session.run('CREATE OR REPLACE TEMP TABLE deciding_samples AS SELECT DISTINCT sample_id AS id FROM to_decide');
  await session.run(
    `CREATE OR REPLACE TEMP TABLE deciding AS
     SELECT w.* FROM to_decide w
     LEFT JOIN (${decidedSql({ samples: 'deciding_samples' })}) held USING (sample_id, tag)
     WHERE (held.action IN ('added', 'approved'))
       IS DISTINCT FROM (nullif(w.action, 'withdrawn') IN ('added', 'approved'))`,
  );
  const facts = await session.row<DecisionFacts>(
    `SELECT count(DISTINCT sample_id)::INTEGER AS samples, count(*)::INTEGER AS decisions,
       count(*) FILTER (action = 'approved')::INTEGER AS approved,
       coalesce(list(DISTINCT action), []) AS actions, coalesce(list(DISTINCT tag ORDER BY tag), []) AS tags
     FROM deciding`,
  );
  const { samples } = facts;
  if (samples === 0) return null;
  const after = await lastDecision(session);
  const created = await createTags(session);
  const detail: DecideDetail = { after, created };
  const operation = await recordOperation(session, 'decide', titleOf(facts), detail, samples);
  await appendDecisions(session, 'deciding', operation.id, 'do');
  await deriveDecided(session, Object.keys(created), 'deciding');
  return operation;
}

/** Appends the rows (sample_id, tag, dimension, action) of a temporary table. */
export async function appendDecisions(
  session: Session,
  table: string,
  operationId: number | null,
  cause: 'do' | 'undo' | 'redo',
): Promise<void> {
  await session.run(
    `INSERT INTO decisions (sample_id, tag, dimension, action, made_at, operation_id, cause)
     SELECT sample_id, tag, dimension, action, make_timestamp($1::BIGINT * 1000), $2::INTEGER, $3
     FROM ${table} ORDER BY sample_id, tag`,
    [Date.now(), operationId, cause],
  );
}

/**
 * Derives the samples of a table (sample_id, …) anew. Tags that became known, or are no longer, can also show or hide
 * what models say of other samples.
 */
export async function deriveDecided(session: Session, tags: readonly string[], table: string): Promise<void> {
  if (tags.length > 0) {
    await session.stage('named_tags', { tag: { type: 'VARCHAR', values: tags } });
    const { elsewhere } = await session.row<{ elsewhere: boolean }>(
      `SELECT EXISTS (FROM policies WHERE hold_unmapped)
         AND EXISTS (FROM predictions SEMI JOIN named_tags USING (tag)) AS elsewhere`,
    );
    if (elsewhere) return deriveTags(session, null);
  }
  await session.run(`CREATE OR REPLACE TEMP TABLE derived_samples AS SELECT DISTINCT sample_id AS id FROM ${table}`);
  await deriveTouched(session, 'derived_samples');
}

/** Tags that a person gives are the dataset's own from then on. Returns those that were not yet. */
async function createTags(session: Session): Promise<Record<string, string>> {
  const rows = await session.rows<{ tag: string; dimension: string }>(
    `SELECT DISTINCT tag, dimension FROM deciding
     WHERE action = 'added' AND tag NOT IN (SELECT name FROM tags)`,
  );
  for (const { tag, dimension } of rows) {
    await session.run('INSERT INTO tags (name, dimension) VALUES ($1, $2)', [tag, dimension]);
  }
  return Object.fromEntries(rows.map(({ tag, dimension }) => [tag, dimension]));
}
