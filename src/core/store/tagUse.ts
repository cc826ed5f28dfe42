import type { Session } from './session';

/** Most examples of samples that a preview shows. */
const EXAMPLES = 12;

/** How far tags are in use. Samples whose file is missing count too, as what they have changes with the others. */
export interface TagUseCounts {
  readonly samples: number;
  readonly byPerson: number;
  /** Ids, by path, those that are there first. */
  readonly examples: number[];
}

/** Samples that have one of these tags, suggestions that wait included. */
export async function tagUse(session: Session, tags: readonly string[]): Promise<TagUseCounts> {
  await session.stage('used_tags', { tag: { type: 'VARCHAR', values: tags } });
  await session.run(
    `CREATE OR REPLACE TEMP TABLE tag_users AS
     SELECT sample_id, bool_or(by_person) AS by_person
     FROM (
       SELECT sample_id, source = 'person' AS by_person FROM sample_tags SEMI JOIN used_tags USING (tag)
       UNION ALL SELECT sample_id, false FROM pending_suggestions SEMI JOIN used_tags USING (tag)
     )
     GROUP BY sample_id`,
  );
  const counted = await session.row<Omit<TagUseCounts, 'examples'>>(
    `SELECT count(*)::INTEGER AS samples, count(*) FILTER (by_person)::INTEGER AS "byPerson" FROM tag_users`,
  );
  const examples = await session.integers(
    `SELECT s.id FROM samples s JOIN tag_users ON sample_id = s.id ORDER BY s.missing, s.path, s.id LIMIT ${EXAMPLES}`,
  );
  return { ...counted, examples: [...examples] };
}
