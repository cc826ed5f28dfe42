import type { Session } from './session';
import { undoRun } from './undoRun';

export interface UndoRunPreview {
  predictions: number;
  samples: number;
  /** Tags that go, tags of an earlier run that come back, tags of the run that stay as a person decided. */
  tagsLost: number;
  tagsRestored: number;
  tagsKept: number;
}

/** Undoes a run and tells what changed by it. For a transaction that is rolled back. @throws UserError as `undoRun` */
export async function undoAndTell(session: Session, id: number): Promise<UndoRunPreview> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE run_tags AS
     SELECT DISTINCT p.sample_id, coalesce(t.alias_of, p.tag) AS tag
     FROM predictions p JOIN runs r ON r.id = p.run_id AND r.model = p.model LEFT JOIN tags t ON t.name = p.tag
     WHERE r.id = $1::INTEGER`,
    [id],
  );
  const { predictions } = await session.row<{ predictions: number }>(
    `SELECT count(*)::INTEGER AS predictions FROM predictions p JOIN runs r ON r.id = p.run_id AND r.model = p.model
     WHERE r.id = $1::INTEGER`,
    [id],
  );
  await session.run('CREATE OR REPLACE TEMP TABLE tags_before AS SELECT sample_id, tag FROM sample_tags');
  await undoRun(session, id);
  const told = await session.row<Omit<UndoRunPreview, 'predictions'>>(
    `SELECT (SELECT count(*) FROM run_samples)::INTEGER AS samples,
       (SELECT count(*) FROM tags_before ANTI JOIN sample_tags USING (sample_id, tag))::INTEGER AS "tagsLost",
       (SELECT count(*) FROM sample_tags ANTI JOIN tags_before USING (sample_id, tag))::INTEGER AS "tagsRestored",
       (SELECT count(*) FROM sample_tags SEMI JOIN run_tags USING (sample_id, tag)
        WHERE source = 'person')::INTEGER AS "tagsKept"`,
  );
  for (const table of ['run_tags', 'tags_before']) await session.run(`DROP TABLE ${table}`);
  return { predictions, ...told };
}
