import { UserError } from '../../protocol/userError';
import { NO_ANSWER } from '../../protocol/vocabulary';
import type { Session } from './session';

const SHORTEST = 2;
const LONGEST = 50;

/** What was typed as the name of a tag would be written: NFC, lower case, single spaces. */
export function tagForm(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase().normalize('NFC');
}

/** Why a tag of people's own cannot have that name, in words with the next step, or null. @param name of `tagForm` */
export function tagNameProblem(name: string): string | null {
  const { length } = Array.from(name);
  if (length === 0) return 'A tag needs a name. Type at least two letters or digits.';
  if (name === NO_ANSWER) return `“${NO_ANSWER}” stands for no tag. Choose another name.`;
  const foreign = /[^\p{L}\p{M}\p{N} -]/u.exec(name);
  if (foreign) {
    return `“${name}” has “${foreign[0]}” in it. A tag is made of letters, digits, spaces and hyphens.`;
  }
  if (!/[\p{L}\p{N}]/u.test(name)) return `“${name}” needs at least one letter or digit.`;
  if (length < SHORTEST) return `“${name}” is too short. A tag has at least ${SHORTEST} characters.`;
  if (length > LONGEST) return `“${name.slice(0, 20)}…” is too long. A tag has at most ${LONGEST} characters.`;
  return null;
}

/** A tag that a person named. */
export interface ResolvedTag {
  /** The tag itself, where what was typed is an alias. */
  readonly tag: string;
  /** Nobody has used it before, neither a model nor a person. */
  readonly isNew: boolean;
}

/**
 * The tags that names stand for. What exists is found as it is written, however odd models have named it, and then as
 * it would be written; a new name is checked.
 * @throws UserError `tag-name`
 */
export async function resolveTags(session: Session, texts: readonly string[]): Promise<ResolvedTag[]> {
  const known = await knownNames(session, [...new Set(texts.flatMap((text) => [text.trim(), tagForm(text)]))]);
  const resolved = texts.map((text): ResolvedTag => {
    const name = tagForm(text);
    const tag = known.get(text.trim()) ?? known.get(name);
    const problem = name === NO_ANSWER || tag === undefined ? tagNameProblem(name) : null;
    if (problem !== null) throw new UserError('tag-name', problem);
    return { tag: tag ?? name, isNew: tag === undefined };
  });
  return [...new Map(resolved.map((tag) => [tag.tag, tag])).values()];
}

/** What exists of these names, with the tag that each stands for. What models have said is looked through last. */
async function knownNames(session: Session, names: readonly string[]): Promise<Map<string, string>> {
  await session.stage('typed_names', { name: { type: 'VARCHAR', values: names } });
  const rows = await session.rows<{ name: string; tag: string }>(
    `SELECT name, coalesce(alias_of, name) AS tag FROM tags SEMI JOIN typed_names USING (name)`,
  );
  const known = new Map(rows.map(({ name, tag }) => [name, tag]));
  for (const table of ['sample_tags', 'decisions', 'predictions']) {
    const unknown = names.filter((name) => !known.has(name));
    if (unknown.length === 0) break;
    const places = unknown.map((_, index) => `$${index + 1}`).join(', ');
    const found = await session.rows<{ tag: string }>(
      `SELECT DISTINCT tag FROM ${table} WHERE tag IN (${places})`,
      unknown,
    );
    for (const { tag } of found) known.set(tag, tag);
  }
  return known;
}

/** In which dimension each of the tags is: that of its row in `tags`, else the one that it is used in most. */
export async function tagDimensions(session: Session, tags: readonly string[]): Promise<Map<string, string>> {
  await session.stage('dimension_names', { name: { type: 'VARCHAR', values: tags } });
  const rows = await session.rows<{ tag: string; dimension: string }>(
    'SELECT name AS tag, dimension FROM tags SEMI JOIN dimension_names USING (name)',
  );
  const dimensions = new Map(rows.map(({ tag, dimension }) => [tag, dimension]));
  for (const table of ['sample_tags', 'pending_suggestions', 'predictions']) {
    const unknown = tags.filter((tag) => !dimensions.has(tag));
    if (unknown.length === 0) break;
    const places = unknown.map((_, index) => `$${index + 1}`).join(', ');
    const found = await session.rows<{ tag: string; dimension: string }>(
      `SELECT tag, mode(dimension) AS dimension FROM ${table} WHERE tag IN (${places}) GROUP BY tag`,
      unknown,
    );
    for (const { tag, dimension } of found) dimensions.set(tag, dimension);
  }
  for (const tag of tags) if (!dimensions.has(tag)) dimensions.set(tag, 'other');
  return dimensions;
}
