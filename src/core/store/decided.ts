import type { AnswerScope } from './answers';

/**
 * What holds of what people decided, one row for each sample and canonical tag: `(sample_id, tag, dimension, action,
 * decision_id)`, action `added`, `approved`, `rejected` or `removed`. Decisions of before a tag was deleted are void.
 * @param scope.upTo leaves out decisions with a higher id
 */
export function decidedSql({ samples, upTo }: AnswerScope & { readonly upTo?: number }): string {
  const some = samples === null ? '' : `SEMI JOIN ${samples} ON ${samples}.id = d.sample_id`;
  return `
    SELECT sample_id, tag, last.dimension AS dimension, last.action AS action, decision_id
    FROM (
      SELECT d.sample_id, coalesce(own.alias_of, d.tag) AS tag, max(d.id) AS decision_id,
        arg_max({dimension: d.dimension, action: d.action}, d.id) AS last
      FROM decisions d ${some}
      LEFT JOIN tags own ON own.name = d.tag
      LEFT JOIN tags canonical ON canonical.name = own.alias_of
      WHERE d.id > greatest(coalesce(own.deleted_after, -1), coalesce(canonical.deleted_after, -1))${upTo === undefined ? '' : ` AND d.id <= ${upTo}`}
      GROUP BY ALL
    )
    WHERE last.action <> 'withdrawn'`;
}

/** Of all samples. */
export const DECIDED_SQL = decidedSql({ samples: null });
