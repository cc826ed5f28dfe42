import { ANSWER_OF, SCORE_OF } from './answers';
import type { Session } from './session';
import type { DeriveScope } from './suggestions';

/** Columns of `derived_tags`, and their names written out; those of `derived_names`. */
const COLUMNS = `
  sample_id INTEGER NOT NULL, name_id INTEGER NOT NULL, confidence DOUBLE NOT NULL, run_id INTEGER, decision_id INTEGER,
  pending BOOLEAN NOT NULL`;
const NAME_COLUMNS = `
  id INTEGER NOT NULL, tag VARCHAR NOT NULL, dimension VARCHAR NOT NULL, source VARCHAR NOT NULL, implied_by VARCHAR`;

/**
 * Replaces the stored tags and suggestions by what follows from the temporary tables `suggested`, `decided` and
 * `ancestors`. All of them are written as a new table: deleting row by row costs more than the rows.
 */
export async function writeDerived(session: Session, { samples, implications }: DeriveScope): Promise<void> {
  await session.run(GIVEN);
  if (implications) await session.run(BRING_ALONG);
  await writeNames(session, samples === null);
  await session.run(ANSWER_NAMES);
  if (samples === null) {
    await session.run(`CREATE OR REPLACE TABLE derived_tags (${COLUMNS})`);
    // not as one: a UNION ALL takes a quarter longer
    await session.run(`INSERT INTO derived_tags ${SUGGESTED_ROWS}`);
    await session.run(`INSERT INTO derived_tags ${GIVEN_ROWS}`);
    await writeTexts(session, 'derived_tags', null);
  } else {
    await session.run(`CREATE OR REPLACE TEMP TABLE fresh_tags AS ${SUGGESTED_ROWS} UNION ALL ${GIVEN_ROWS}`);
    await session.run(`DELETE FROM derived_tags USING ${samples} WHERE ${samples}.id = derived_tags.sample_id`);
    await session.run('INSERT INTO derived_tags FROM fresh_tags');
    await writeTexts(session, 'fresh_tags', samples);
  }
}

/** Tags that are there without a model's suggestion: of people, and those that others bring along. */
const GIVEN = `
  CREATE OR REPLACE TEMP TABLE given AS
  SELECT sample_id, tag, dimension, 'person' AS source, 100::DOUBLE AS confidence, NULL::INTEGER AS run_id, decision_id,
    NULL::VARCHAR AS implied_by
  FROM decided WHERE action IN ('added', 'approved')`;

/** Whatever a tag implies comes along, unless a person decided otherwise, on the word of the surest that brings it. */
const BRING_ALONG = `
  INSERT INTO given
  SELECT sample_id, ancestor, coalesce(t.dimension, child.dimension), child.source, child.confidence, child.run_id,
    child.decision_id, child.tag
  FROM (
    SELECT c.sample_id, i.ancestor, arg_min(c, {less: -c.confidence, tag: c.tag}) AS child
    FROM (
      SELECT sample_id, tag, dimension, source, confidence, run_id, decision_id FROM given
      UNION ALL
      SELECT s.sample_id, a.tag, a.dimension, a.model, ${SCORE_OF('s.key')}, s.run_id, NULL
      FROM suggested s JOIN policy_answers a ON a.id = ${ANSWER_OF('s.key')} WHERE a.auto_approve
    ) c JOIN ancestors i ON i.tag = c.tag
    WHERE NOT EXISTS (FROM decided d WHERE d.sample_id = c.sample_id AND d.tag = i.ancestor)
    GROUP BY c.sample_id, i.ancestor
  ) brought
  LEFT JOIN tags t ON t.name = brought.ancestor`;

const ANSWERS = 'SELECT tag, dimension, model AS source, NULL::VARCHAR AS implied_by FROM policy_answers';
const WANTED_NAMES = `${ANSWERS} UNION SELECT tag, dimension, source, implied_by FROM given`;

/** Names keep their ids as long as not everything is written anew. */
async function writeNames(session: Session, anew: boolean): Promise<void> {
  if (!anew) return addNames(session, WANTED_NAMES);
  await session.run(`CREATE OR REPLACE TABLE derived_names (${NAME_COLUMNS})`);
  await session.run(`INSERT INTO derived_names SELECT ${NAME_NUMBER}, * FROM (${WANTED_NAMES})`);
}

/** Sees to it that all answers there are have a name. */
export async function nameAnswers(session: Session): Promise<void> {
  await addNames(session, ANSWERS);
}

const NAME_NUMBER = 'row_number() OVER (ORDER BY tag, dimension, source, implied_by)';

async function addNames(session: Session, wanted: string): Promise<void> {
  await session.run(`
    INSERT INTO derived_names
    SELECT coalesce((SELECT max(id) FROM derived_names), 0) + ${NAME_NUMBER}, *
    FROM ((${wanted}) EXCEPT SELECT tag, dimension, source, implied_by FROM derived_names)`);
}

/**
 * A table, not a part of the query that needs it: DuckDB takes tables written in the same transaction for empty, and
 * would put the millions of suggestions into the hash table of a join with anything larger. So with `names_by_id`.
 */
export const ANSWER_NAMES = `
  CREATE OR REPLACE TEMP TABLE answer_names AS
  SELECT a.id, n.id AS name_id, NOT a.auto_approve AS pending
  FROM policy_answers a
  JOIN derived_names n ON n.tag = a.tag AND n.dimension = a.dimension AND n.source = a.model AND n.implied_by IS NULL`;

const SUGGESTED_ROWS = `
  SELECT s.sample_id, a.name_id, ${SCORE_OF('s.key')} AS confidence, s.run_id, NULL AS decision_id, a.pending
  FROM suggested s JOIN answer_names a ON a.id = ${ANSWER_OF('s.key')}`;

const GIVEN_ROWS = `
  SELECT g.sample_id, n.id, g.confidence, g.run_id, g.decision_id, false
  FROM given g
  JOIN derived_names n ON n.tag = g.tag AND n.dimension = g.dimension AND n.source = g.source
    AND n.implied_by IS NOT DISTINCT FROM g.implied_by`;

/**
 * Numbers are collected and then spelled out: collecting names costs three times as much. What a sample has already is
 * compared before rows are matched with those to be updated, so that only new texts are carried along.
 * @param rows a table with all rows of these samples, and maybe more. @param samples a table with their `id`s, or null: all.
 */
export async function writeTexts(session: Session, rows: string, samples: string | null): Promise<void> {
  // Names that were all written anew have numbers in their order (`writeNames`), which are quicker to sort.
  const names =
    samples === null
      ? 'list_transform(list_sort(ids), lambda id: names[id])'
      : 'list_sort(list_transform(ids, lambda id: names[id]))';
  const some = samples === null ? '' : `SEMI JOIN ${samples} ON ${samples}.id = present.id`;
  const of = samples === null ? '' : `SEMI JOIN ${samples} ON ${samples}.id = sample_id`;
  await session.run(NAMES_BY_ID);
  await session.run(`
    UPDATE samples SET tag_text = fresh.tag_text
    FROM (
      SELECT present.rowid AS place, coalesce(texts.tag_text, '') AS tag_text
      FROM samples present ${some}
      LEFT JOIN (
        SELECT sample_id, array_to_string(${names}, chr(10)) AS tag_text
        FROM (SELECT sample_id, list(name_id) AS ids FROM ${rows} ${of} WHERE NOT pending GROUP BY sample_id), names_by_id
      ) texts ON texts.sample_id = present.id
      WHERE coalesce(texts.tag_text, '') <> present.tag_text
    ) fresh
    WHERE fresh.place = samples.rowid`);
}

const NAMES_BY_ID = `
  CREATE OR REPLACE TEMP TABLE names_by_id AS
  SELECT list(n.tag ORDER BY place.id) AS names
  FROM (SELECT unnest(range(1, (SELECT max(id) + 1 FROM derived_names))) AS id) place
  LEFT JOIN derived_names n USING (id)`;
