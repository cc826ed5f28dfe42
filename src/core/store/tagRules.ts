import type * as v from 'valibot';
import type { policyApi } from '../../protocol/policyApi';
import { UserError } from '../../protocol/userError';
import { findCycle, pathText } from '../mappings/implicationCycle';
import { ensureTag, pointAlias } from './aliases';
import { deriveTags } from './derive';
import { keepingDecided, NO_OPERATION } from './keepDecided';
import { ownName, requireAlive } from './ownNames';
import type { Session } from './session';

/** Aliases, and what brings what along. */
export type TagRules = v.InferOutput<(typeof policyApi)['tagRules']['result']>;

export async function readTagRules(session: Session): Promise<TagRules> {
  return {
    aliases: await session.rows<TagRules['aliases'][number]>(
      'SELECT name AS alias, alias_of AS tag FROM tags WHERE alias_of IS NOT NULL ORDER BY name',
    ),
    implications: await session.rows<TagRules['implications'][number]>(
      'SELECT name AS tag, list_sort(implies) AS implies FROM tags WHERE len(implies) > 0 ORDER BY name',
    ),
  };
}

/**
 * Has one name stand for another tag, or (null) for itself again, and derives every tag anew.
 * @throws UserError `tag-name`, `tag-alias`, `tag-deleted`, `implication-cycle`
 */
export async function setAlias(session: Session, alias: string, tag: string | null): Promise<void> {
  const name = await ownName(session, alias);
  if (tag === null) {
    await session.run('UPDATE tags SET alias_of = NULL WHERE name = $1', [name]);
  } else {
    const target = await ownName(session, tag);
    await requireAlive(session, [target]);
    await keepingDecided(session, NO_OPERATION, () => pointAlias(session, name, target));
  }
  await refuseCycles(session);
  await deriveTags(session, null);
}

/**
 * Has a tag bring these along, and no others, and derives every tag anew.
 * @throws UserError `tag-name`, `tag-deleted`, `implication-cycle`
 */
export async function setImplications(session: Session, tag: string, implies: readonly string[]): Promise<void> {
  const name = await ownName(session, tag);
  const parents: string[] = [];
  for (const text of implies) {
    const parent = await ownName(session, text);
    if (!parents.includes(parent)) parents.push(parent);
  }
  await requireAlive(session, [name, ...parents]);
  for (const each of [name, ...parents]) await ensureTag(session, each);
  await session.run('UPDATE tags SET implies = $2::JSON::VARCHAR[] WHERE name = $1', [
    name,
    parents.length > 0 ? JSON.stringify(parents) : null,
  ]);
  await refuseCycles(session);
  await deriveTags(session, null);
}

/**
 * Part of every change of aliases and implications.
 * @throws UserError `implication-cycle` when tags bring each other along, with the way in its message
 */
export async function refuseCycles(session: Session): Promise<void> {
  const cycle = findCycle(await implicationsOf(session));
  if (!cycle) return;
  throw new UserError(
    'implication-cycle',
    `Tags cannot bring each other along: ${pathText(cycle)}. Take one of these steps out first.`,
  );
}

/** What brings what along directly, by canonical name. */
export async function implicationsOf(session: Session): Promise<Map<string, Set<string>>> {
  const edges = await session.rows<{ tag: string; parent: string }>(
    `SELECT coalesce(named.alias_of, named.name) AS tag, coalesce(p.alias_of, named.parent) AS parent
     FROM (SELECT name, alias_of, unnest(implies) AS parent FROM tags) named LEFT JOIN tags p ON p.name = named.parent
     WHERE named.name = named.parent OR coalesce(named.alias_of, named.name) <> coalesce(p.alias_of, named.parent)
     ORDER BY tag, parent`,
  );
  const implications = new Map<string, Set<string>>();
  for (const { tag, parent } of edges) {
    implications.set(tag, (implications.get(tag) ?? new Set()).add(parent));
  }
  return implications;
}
