import { NO_ANSWER } from '../../protocol/vocabulary';
import { PERSON } from '../filter/filterFields';
import { answersSql, stagePolicy } from './answers';
import { DECIDED_SQL } from './decided';
import { remember } from './remember';
import type { Session } from './session';
import { tagLexicon } from './tagLexicon';

/** `sample_id`s, some of them several times, with a suggestion that nobody has decided about. */
export const OPEN_SAMPLES = `
  SELECT sample_id FROM derived_tags
  WHERE pending OR name_id IN (SELECT id FROM derived_names WHERE source <> 'person' AND implied_by IS NULL)`;

/**
 * Makes sure of the temp table `search_reviewed`: the `id`s of samples that had suggestions, all of which are decided.
 * Who approved or rejected something had suggestions; of other samples with decisions the models' answers tell.
 */
export function stageReviewed(session: Session): Promise<void> {
  return remember(session, 'search_reviewed', async () => {
    await session.run(
      `CREATE OR REPLACE TEMP TABLE search_settled AS
       SELECT sample_id AS id, bool_or(action IN ('approved', 'rejected')) AS reviewed
       FROM (${DECIDED_SQL}) GROUP BY sample_id`,
    );
    const { names } = await tagLexicon(session);
    const given = names.filter(({ source, implied }) => source === PERSON || implied).map(({ id }) => id);
    // As in OPEN_SAMPLES, but with numbers, of which the few samples with decisions are found at once.
    const open = given.length > 0 ? `(pending OR name_id NOT IN (${given.join(', ')}))` : 'true';
    await session.run(`DELETE FROM search_settled WHERE id IN (SELECT sample_id FROM derived_tags WHERE ${open})`);
    await session.run('CREATE OR REPLACE TEMP TABLE search_reviewed AS SELECT id FROM search_settled WHERE reviewed');
    await session.run('DELETE FROM search_settled WHERE reviewed');
    const { others } = await session.row<{ others: number }>('SELECT count(*)::INTEGER AS others FROM search_settled');
    if (others === 0) return;
    await stagePolicy(session, 'search_settled');
    await session.run(
      `INSERT INTO search_reviewed
       SELECT DISTINCT sample_id FROM (${answersSql({ samples: 'search_settled' })})
       WHERE score >= threshold AND tag <> '${NO_ANSWER}'`,
    );
  });
}

/**
 * Makes sure of the temp table `search_disagreements (sample_id, who)`. `models`: two give other answers to a
 * single-answer question. `people`: one took away what a model suggests, or answered such a question differently.
 */
export function stageDisagreements(session: Session): Promise<void> {
  return remember(session, 'search_disagreements', async () => {
    await stagePolicy(session, null);
    await session.run(
      `CREATE OR REPLACE TEMP TABLE search_answers AS
       SELECT sample_id, dimension, tag, dimension IN (SELECT name FROM dimensions WHERE single_answer) AS single
       FROM (${answersSql({ samples: null })}) WHERE score >= threshold AND tag <> '${NO_ANSWER}'`,
    );
    await session.run(
      `CREATE OR REPLACE TEMP TABLE search_disagreements AS
       WITH decided AS (${DECIDED_SQL})
       SELECT DISTINCT sample_id, 'models' AS who FROM search_answers WHERE single
       GROUP BY sample_id, dimension HAVING min(tag) <> max(tag)
       UNION ALL
       SELECT DISTINCT sample_id, 'people' FROM (
         SELECT a.sample_id FROM search_answers a JOIN decided d USING (sample_id, tag)
         WHERE d.action IN ('rejected', 'removed')
         UNION ALL
         SELECT a.sample_id FROM search_answers a
         JOIN decided d ON d.sample_id = a.sample_id AND d.dimension = a.dimension
         WHERE a.single AND d.tag <> a.tag AND d.action IN ('added', 'approved')
       )`,
    );
    await session.run('DROP TABLE search_answers');
  });
}
