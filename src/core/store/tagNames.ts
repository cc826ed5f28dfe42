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
  const { length } = [...name];
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
  const names = texts.flatMap((text) => [text.trim(), tagForm(text)]);
  await session.stage('typed_names', { name: { type: 'VARCHAR', values: [...new Set(names)] } });
  const rows = await session.rows<{ name: string; tag: string }>(
    `SELECT typed_names.name, coalesce(tags.alias_of, typed_names.name) AS tag
     FROM typed_names LEFT JOIN tags ON tags.name = typed_names.name
     WHERE tags.name IS NOT NULL
       OR typed_names.name IN (SELECT tag FROM sample_tags)
       OR typed_names.name IN (SELECT tag FROM decisions)
       OR typed_names.name IN (SELECT tag FROM predictions)`,
  );
  const known = new Map(rows.map(({ name, tag }) => [name, tag]));
  const resolved = texts.map((text): ResolvedTag => {
    const name = tagForm(text);
    const tag = known.get(text.trim()) ?? known.get(name);
    const problem = name === NO_ANSWER || tag === undefined ? tagNameProblem(name) : null;
    if (problem !== null) throw new UserError('tag-name', problem);
    return { tag: tag ?? name, isNew: tag === undefined };
  });
  return [...new Map(resolved.map((tag) => [tag.tag, tag])).values()];
}

/** In which dimension each of the tags is: that of its row in `tags`, else the one that it is used in most. */
export async function tagDimensions(session: Session, tags: readonly string[]): Promise<Map<string, string>> {
  await session.stage('dimension_names', { name: { type: 'VARCHAR', values: tags } });
  const rows = await session.rows<{ name: string; dimension: string }>(
    `WITH used AS (
       SELECT tag, mode(dimension) AS dimension FROM sample_tags SEMI JOIN dimension_names ON name = tag GROUP BY tag
     ), waiting AS (
       SELECT tag, mode(dimension) AS dimension FROM pending_suggestions SEMI JOIN dimension_names ON name = tag
       GROUP BY tag
     ), said AS (
       SELECT tag, mode(dimension) AS dimension FROM predictions SEMI JOIN dimension_names ON name = tag GROUP BY tag
     )
     SELECT n.name, coalesce(t.dimension, used.dimension, waiting.dimension, said.dimension, 'other') AS dimension
     FROM dimension_names n
     LEFT JOIN tags t ON t.name = n.name
     LEFT JOIN used ON used.tag = n.name
     LEFT JOIN waiting ON waiting.tag = n.name
     LEFT JOIN said ON said.tag = n.name`,
  );
  return new Map(rows.map(({ name, dimension }) => [name, dimension]));
}
