import { remember } from './remember';
import type { Session } from './session';

/**
 * Makes sure of the temporary table `tag_summaries` (tag, dimension, samples, by_person, undecided): every tag that the
 * dataset has or could have, aliases and deleted ones left out. Samples whose file is missing do not count.
 */
export function stageTagSummaries(session: Session): Promise<void> {
  return remember(session, 'tagSummaries', () =>
    session.run(
      `CREATE OR REPLACE TEMP TABLE tag_summaries AS
       WITH gone AS (
         SELECT id AS sample_id FROM samples WHERE missing
       ), had AS (
         SELECT tag, min(dimension) AS dimension, count(*) AS samples, count(*) FILTER (source = 'person') AS by_person,
           count(*) FILTER (source <> 'person' AND implied_by IS NULL) AS undecided
         FROM sample_tags ANTI JOIN gone USING (sample_id) GROUP BY tag
       ), waiting AS (
         SELECT tag, min(dimension) AS dimension, count(*) AS undecided
         FROM pending_suggestions ANTI JOIN gone USING (sample_id) GROUP BY tag
       ), known AS (
         SELECT name AS tag, dimension FROM tags WHERE alias_of IS NULL
       )
       SELECT tag, coalesce(known.dimension, had.dimension, waiting.dimension) AS dimension,
         coalesce(had.samples, 0)::INTEGER AS samples, coalesce(had.by_person, 0)::INTEGER AS by_person,
         (coalesce(had.undecided, 0) + coalesce(waiting.undecided, 0))::INTEGER AS undecided
       FROM known FULL JOIN had USING (tag) FULL JOIN waiting USING (tag)
       WHERE had.tag IS NOT NULL OR tag NOT IN (SELECT name FROM tags WHERE deleted_after IS NOT NULL)`,
    ),
  );
}
