import { writeMappingFile, type FileRow } from '../mappings/mappingFile';
import type { Session } from './session';

/** Mappings, then aliases, then implications, as a mapping file. */
export async function exportMappings(session: Session): Promise<{ csv: string; rows: number }> {
  const rows = await session.rows<Omit<FileRow, 'line'>>(
    `SELECT provider, external_tag AS external, action, coalesce(tag, '') AS tag, coalesce(dimension, '') AS dimension,
       CASE WHEN coalesce(factor, 1) = 1 THEN '' ELSE factor::VARCHAR END AS factor
     FROM tag_mappings ORDER BY external_tag, provider`,
  );
  const rules = await session.rows<{ external: string; action: string; tag: string }>(
    `SELECT name AS external, 'alias' AS action, alias_of AS tag FROM tags WHERE alias_of IS NOT NULL
     UNION ALL SELECT name, 'imply', unnest(implies) FROM tags
     ORDER BY action, external, tag`,
  );
  const all = [...rows, ...rules.map((rule) => ({ provider: '', dimension: '', factor: '', ...rule }))];
  return { csv: writeMappingFile(all), rows: all.length };
}
