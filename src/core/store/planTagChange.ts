import type { TagChange } from '../../protocol/tagApi';
import { UserError } from '../../protocol/userError';
import { canonicalTag } from './aliases';
import type { Session } from './session';
import { resolveTags, tagForm } from './tagNames';

/** A change that can be done, in canonical names; `from` without `to`. */
export interface PlannedChange {
  readonly kind: TagChange['kind'];
  readonly from: readonly string[];
  readonly to: string | null;
  /** The new name is that of another tag which is in use. */
  readonly merges: boolean;
}

export interface RefusedChange {
  /** In words, with the next step. */
  readonly problem: string;
  /** The tags are called that already. */
  readonly unchanged: boolean;
}

/** What a change means, or why it cannot be done. */
export async function planTagChange(session: Session, change: TagChange): Promise<PlannedChange | RefusedChange> {
  try {
    return await plan(session, change);
  } catch (error) {
    if (error instanceof UserError && error.code === 'tag-name') return refused(error.message);
    throw error;
  }
}

async function plan(session: Session, { kind, from, to }: TagChange): Promise<PlannedChange | RefusedChange> {
  const named: string[] = [];
  for (const text of from) {
    const tag = await knownTag(session, text);
    if (tag === null) return refused(`There is no tag “${tagForm(text)}”. Choose one that is in the list.`);
    named.push(tag);
  }
  const tags = [...new Set(named)];
  if (kind === 'delete') return { kind, from: tags, to: null, merges: false };
  if (to === null) return refused('Say what the tag is to be called.');
  if (kind === 'rename' && tags.length > 1) return refused('Rename one tag at a time, or merge them.');
  const [{ tag: known }] = await resolveTags(session, [to]);
  const written = tagForm(to);
  // An alias of one of the tags changes places with it, so that a name can be had back.
  const target = tags.includes(known) && kind === 'rename' ? written : known;
  const others = tags.filter((tag) => tag !== target);
  if (others.length === 0) return { problem: `“${target}” is its name already. Choose another one.`, unchanged: true };
  const cycle = await cycleAfter(session, others, target);
  if (cycle !== null) {
    return refused(
      `“${cycle}” would bring itself along, as ${tags.map((tag) => `“${tag}”`).join(', ')} and “${target}” imply one ` +
        'another. Change what they imply first.',
    );
  }
  const merges = others.length > 1 || (!tags.includes(known) && (await knownTag(session, target)) !== null);
  return { kind, from: others, to: target, merges };
}

function refused(problem: string): RefusedChange {
  return { problem, unchanged: false };
}

/** The tag that a text names: one that is in use, or was made and not deleted. */
async function knownTag(session: Session, text: string): Promise<string | null> {
  for (const name of [text.trim(), tagForm(text)]) {
    const tag = await canonicalTag(session, name);
    const [row] = await session.rows<{ deleted: number | null }>(
      'SELECT deleted_after AS deleted FROM tags WHERE name = $1',
      [tag],
    );
    if (row?.deleted === null || (await isUsed(session, tag, row !== undefined))) return tag;
  }
  return null;
}

/** Of a tag that was deleted nothing counts that models say, nor what was decided before. */
async function isUsed(session: Session, tag: string, wasDeleted: boolean): Promise<boolean> {
  const tables = wasDeleted ? ['sample_tags'] : ['sample_tags', 'decisions', 'predictions'];
  for (const table of tables) {
    const { used } = await session.row<{ used: boolean }>(
      `SELECT count(*) > 0 AS used FROM (FROM ${table} WHERE tag = $1 LIMIT 1)`,
      [tag],
    );
    if (used) return true;
  }
  return false;
}

/** A tag that implies itself, near or far, once these are one; or null. */
async function cycleAfter(session: Session, from: readonly string[], to: string): Promise<string | null> {
  const rows = await session.rows<{ name: string; alias: string | null; implies: string[] | null }>(
    'SELECT name, alias_of AS alias, implies FROM tags WHERE alias_of IS NOT NULL OR implies IS NOT NULL',
  );
  const aliases = new Map(rows.flatMap(({ name, alias }) => (alias === null ? [] : [[name, alias] as const])));
  const resolve = (name: string) => {
    const tag = name === to ? to : (aliases.get(name) ?? name);
    return from.includes(tag) ? to : tag;
  };
  const parents = new Map<string, Set<string>>();
  for (const { name, implies } of rows) {
    const child = resolve(name);
    const known = parents.get(child) ?? new Set();
    for (const parent of implies ?? []) if (resolve(parent) !== child) known.add(resolve(parent));
    parents.set(child, known);
  }
  const reached = new Set<string>();
  const waiting = [...(parents.get(to) ?? [])];
  for (let tag = waiting.pop(); tag !== undefined; tag = waiting.pop()) {
    if (tag === to) return to;
    if (reached.has(tag)) continue;
    reached.add(tag);
    waiting.push(...(parents.get(tag) ?? []));
  }
  return null;
}
