import type * as v from 'valibot';
import type { policyApi } from '../../protocol/policyApi';
import { UserError } from '../../protocol/userError';
import { NO_ANSWER } from '../../protocol/vocabulary';
import { deriveTags } from './derive';
import { ownName, requireAlive } from './ownNames';
import { mappingKey } from './policyMatrix';
import type { Session } from './session';

type Api = typeof policyApi;
export type MappingQuery = v.InferOutput<Api['mappings']['params']>;
export type MappingPage = Omit<v.InferOutput<Api['mappings']['result']>, 'revision'>;
export type NewMapping = v.InferOutput<Api['setMapping']['params']>;

/** Names that models said and that are neither mapped nor tags of this dataset, and the rows of the mapping. */
const LISTED = `
  CREATE OR REPLACE TEMP TABLE listed_mappings AS
  WITH said AS (
    SELECT model, tag, ${mappingKey('tag')} AS name, count(*)::INTEGER AS predictions FROM predictions
    WHERE tag <> '${NO_ANSWER}' GROUP BY ALL
  ), rules AS (
    SELECT *, ${mappingKey('external_tag')} AS name FROM tag_mappings
  ), own AS (
    SELECT DISTINCT provider AS model, name, true AS is_own FROM rules WHERE provider <> ''
  ), spoken AS (
    SELECT said.*, is_own FROM said LEFT JOIN own USING (model, name)
  ), mapped AS (
    SELECT r.provider, r.external_tag, r.action, r.tag, r.dimension, r.factor, sum(s.predictions) AS predictions
    FROM rules r
    LEFT JOIN spoken s ON s.name = r.name AND (s.model = r.provider OR (r.provider = '' AND s.is_own IS NULL))
    GROUP BY ALL
  )
  SELECT provider, external_tag AS "external", action, tag, dimension, coalesce(factor, 1) AS factor,
    coalesce(predictions, 0)::INTEGER AS predictions
  FROM mapped
  UNION ALL
  SELECT model, tag, 'none', NULL, NULL, 1, predictions FROM said s
  WHERE NOT EXISTS (FROM rules r WHERE r.name = s.name AND r.provider IN ('', s.model))
    AND s.tag NOT IN (SELECT name FROM tags)`;

const SHOWN = { all: 'true', mapped: `action = 'map'`, ignored: `action = 'ignore'`, unmapped: `action = 'none'` };

/** What is said most comes first. */
export async function listMappings(
  session: Session,
  { text, show, offset, limit }: MappingQuery,
): Promise<MappingPage> {
  await session.run(LISTED);
  const counts = await session.row<MappingPage['counts']>(
    `SELECT count(*) FILTER (action = 'map')::INTEGER AS mapped, count(*) FILTER (action = 'ignore')::INTEGER AS ignored,
       count(*) FILTER (action = 'none')::INTEGER AS unmapped FROM listed_mappings`,
  );
  const where = `${SHOWN[show]} AND (contains(lower("external"), lower($1)) OR contains(lower(coalesce(tag, '')), lower($1)))`;
  const { total } = await session.row<{ total: number }>(
    `SELECT count(*)::INTEGER AS total FROM listed_mappings WHERE ${where}`,
    [text.trim()],
  );
  const rows = await session.rows<MappingPage['rows'][number]>(
    `SELECT * FROM listed_mappings WHERE ${where} ORDER BY predictions DESC, "external", provider
     LIMIT $2::INTEGER OFFSET $3::INTEGER`,
    [text.trim(), limit, offset],
  );
  return { total, counts, rows };
}

/**
 * Sets what becomes of a name of models, and derives every tag anew. `none`: it stays as it is.
 * @throws UserError `mapping`, `tag-name`, `tag-deleted`
 */
export async function setMapping(session: Session, mapping: NewMapping): Promise<void> {
  const { provider, action, dimension, factor } = mapping;
  const external = mapping.external.trim();
  if (external === '' || external === NO_ANSWER) {
    throw new UserError('mapping', 'Say which name of a model to map: “none of these” and an empty one cannot be.');
  }
  await session.run(
    `DELETE FROM tag_mappings WHERE provider = $1 AND ${mappingKey('external_tag')} = ${mappingKey('$2')}`,
    [provider, external],
  );
  if (action !== 'none') {
    const tag = action === 'map' ? await mappedTag(session, mapping) : null;
    await session.run('INSERT INTO tag_mappings VALUES ($1, $2, $3, $4, $5, $6::DOUBLE)', [
      ...[provider, external, action, tag],
      ...(action === 'map' ? [dimension, factor] : [null, 1]),
    ]);
  }
  await deriveTags(session, null);
}

async function mappedTag(session: Session, { external, tag, dimension }: NewMapping): Promise<string> {
  if (tag === null || tag.trim() === '') {
    throw new UserError('mapping', `Say which tag “${external}” stands for, or have it ignored.`);
  }
  if (dimension !== null) {
    const { known } = await session.row<{ known: boolean }>(
      `SELECT $1 = 'other' OR EXISTS (FROM dimensions WHERE in_use AND name = $1) AS known`,
      [dimension],
    );
    if (!known) throw new UserError('mapping', `There is no dimension “${dimension}” in this dataset. Choose another.`);
  }
  const name = await ownName(session, tag);
  await requireAlive(session, [name]);
  return name;
}
