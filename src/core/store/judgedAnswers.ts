import { answersSql, stagePolicy } from './answers';
import { decidedSql } from './decided';
import { AGREES } from './reviewQueue';
import type { Session } from './session';

/**
 * Stages `review_judged` (sample_id, tag, dimension, model, agreed): what models said of `review_samples` and a person
 * has decided about. A person who approved or rejected had a suggestion in mind, whatever the threshold is by now; one
 * who gave or took a tag agrees or disagrees with models that would suggest it.
 */
export async function stageJudged(session: Session): Promise<void> {
  await session.run(`
    CREATE OR REPLACE TEMP TABLE judged_decisions AS
    SELECT sample_id, tag, action FROM (${decidedSql({ samples: 'review_samples' })})`);
  await session.run(
    'CREATE OR REPLACE TEMP TABLE judged_samples AS SELECT DISTINCT sample_id AS id FROM judged_decisions',
  );
  await stagePolicy(session, 'judged_samples');
  await session.run(`
    CREATE OR REPLACE TEMP TABLE review_judged AS
    SELECT d.sample_id, d.tag, a.dimension, a.model, ${AGREES('d.action')} AS agreed
    FROM judged_decisions d JOIN (${answersSql({ samples: 'judged_samples' })}) a USING (sample_id, tag)
    WHERE d.action IN ('approved', 'rejected') OR a.score >= a.threshold`);
  await session.run('DROP TABLE judged_decisions');
  await session.run('DROP TABLE judged_samples');
}
