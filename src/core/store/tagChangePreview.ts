import type { TagChange } from '../../protocol/tagApi';
import { parseFilter } from '../filter/parseFilter';
import { readDimensions } from './dimensions';
import { decidedSql } from './decided';
import { planTagChange } from './planTagChange';
import { savedViews } from './savedViews';
import type { Session } from './session';
import { tagUse, type TagUseCounts } from './tagUse';

export interface TagChangePreview extends TagUseCounts {
  /** Why it cannot be done, in words, or null. */
  problem: string | null;
  to: string | null;
  merges: boolean;
  conflicts: number;
  mappings: number;
  savedViews: number;
}

/** What a change of tags would do; nothing where it cannot be done. */
export async function previewTagChange(session: Session, change: TagChange): Promise<TagChangePreview> {
  const plan = await planTagChange(session, change);
  if ('problem' in plan) {
    const nothing = { samples: 0, byPerson: 0, examples: [], conflicts: 0, mappings: 0, savedViews: 0 };
    return { problem: plan.problem, to: null, merges: false, ...nothing };
  }
  const { from, to, merges } = plan;
  return {
    ...{ problem: null, to, merges },
    ...(await tagUse(session, from)),
    conflicts: to === null ? 0 : await countConflicts(session, [...from, to]),
    mappings: await countMappings(session, from),
    savedViews: await countViews(session, from),
  };
}

/** Samples where one of the tags is given and another one kept away. */
async function countConflicts(session: Session, tags: readonly string[]): Promise<number> {
  await session.stage('joined_tags', { tag: { type: 'VARCHAR', values: tags } });
  const { conflicts } = await session.row<{ conflicts: number }>(
    `SELECT count(*)::INTEGER AS conflicts
     FROM (
       SELECT sample_id FROM (${decidedSql({ samples: null })}) SEMI JOIN joined_tags USING (tag)
       GROUP BY sample_id HAVING count(DISTINCT action IN ('added', 'approved')) > 1
     )`,
  );
  return conflicts;
}

/** Mappings to one of the tags, or to an alias of one. */
async function countMappings(session: Session, tags: readonly string[]): Promise<number> {
  await session.stage('mapped_tags', { tag: { type: 'VARCHAR', values: tags } });
  const { mappings } = await session.row<{ mappings: number }>(
    `SELECT count(*)::INTEGER AS mappings FROM tag_mappings m LEFT JOIN tags t ON t.name = m.tag
     WHERE m.action = 'map' AND coalesce(t.alias_of, m.tag) IN (SELECT tag FROM mapped_tags)`,
  );
  return mappings;
}

/** Saved views that name one of the tags, or an alias of one. */
async function countViews(session: Session, tags: readonly string[]): Promise<number> {
  const views = await savedViews(session);
  if (views.length === 0) return 0;
  await session.stage('viewed_tags', { tag: { type: 'VARCHAR', values: tags } });
  const aliases = await session.rows<{ name: string }>(
    'SELECT name FROM tags WHERE alias_of IN (SELECT tag FROM viewed_tags)',
  );
  const names = new Set([...tags, ...aliases.map(({ name }) => name)]);
  const dimensions = (await readDimensions(session)).map(({ name }) => name);
  return views.filter(({ settings: { text, picks } }) => mentions([picks, parsed(text, dimensions)], names)).length;
}

/** Null where the text cannot be understood: a view that does not work names nothing. */
function parsed(text: string, dimensions: readonly string[]): unknown {
  try {
    return parseFilter(text, dimensions);
  } catch {
    return null;
  }
}

/** Whether one of the names stands anywhere as a value. */
function mentions(value: unknown, names: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return names.has(value.toLowerCase());
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => mentions(part, names));
}
