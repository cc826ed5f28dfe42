import type { MappingTarget } from '../mappings/judgeRows';
import type { KnownTags } from '../mappings/knownTags';
import { mappingKey } from './policyMatrix';
import type { Session } from './session';

/** Puts these rows in place of those on the same names. */
export async function writeMappings(
  session: Session,
  rows: readonly (MappingTarget & { readonly provider: string })[],
): Promise<void> {
  await session.stage('new_mappings', {
    provider: { type: 'VARCHAR', values: rows.map(({ provider }) => provider) },
    external_tag: { type: 'VARCHAR', values: rows.map(({ external }) => external) },
    action: { type: 'VARCHAR', values: rows.map(({ action }) => action) },
    tag: { type: 'VARCHAR', values: rows.map(({ tag }) => tag) },
    dimension: { type: 'VARCHAR', values: rows.map(({ dimension }) => dimension) },
    factor: { type: 'DOUBLE', values: rows.map(({ factor }) => factor) },
  });
  await session.run(
    `DELETE FROM tag_mappings USING new_mappings n
     WHERE n.provider = tag_mappings.provider
       AND ${mappingKey('n.external_tag')} = ${mappingKey('tag_mappings.external_tag')}
       AND n.external_tag <> tag_mappings.external_tag`,
  );
  await session.run(
    `INSERT OR REPLACE INTO tag_mappings (provider, external_tag, action, tag, dimension, factor) FROM new_mappings`,
  );
}

/** Writes the aliases and implications that differ from before. New tags come in the dimension they are used in most. */
export async function writeTagRules(session: Session, tags: KnownTags): Promise<void> {
  const names = [...tags.changed];
  await session.stage('new_rules', {
    name: { type: 'VARCHAR', values: names },
    alias_of: { type: 'VARCHAR', values: names.map((name) => tags.get(name)!.aliasOf) },
    implies: { type: 'VARCHAR', values: names.map((name) => impliesText([...tags.get(name)!.implies])) },
  });
  await session.run(
    `INSERT INTO tags (name, dimension)
     SELECT n.name, coalesce(said.dimension, 'other')
     FROM new_rules n ANTI JOIN tags USING (name)
     LEFT JOIN (SELECT tag, mode(dimension) AS dimension FROM predictions GROUP BY tag) said ON said.tag = n.name`,
  );
  await session.run(
    `UPDATE tags SET alias_of = n.alias_of, implies = n.implies::JSON::VARCHAR[]
     FROM new_rules n WHERE n.name = tags.name`,
  );
}

function impliesText(implies: readonly string[]): string | null {
  return implies.length > 0 ? JSON.stringify(implies) : null;
}
