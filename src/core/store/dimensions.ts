import { VOCABULARY, type Dimension } from '../../protocol/vocabulary';
import { deriveTags } from './derive';
import type { Session } from './session';

/** A dimension of a dataset as its database has it. */
export type StoredDimension = Pick<Dimension, 'name' | 'title' | 'tags' | 'multiple' | 'builtin'> & {
  /** What models are asked, or null. */
  readonly question: string | null;
};

/** Separates answers on their way into the database; no name has it. */
const SEPARATOR = '\n';

/** Those in use, in the order in which facets are shown. */
export function readDimensions(session: Session): Promise<StoredDimension[]> {
  return session.rows(
    `SELECT name, title, question, answers AS tags, NOT single_answer AS multiple, builtin
     FROM dimensions WHERE in_use ORDER BY position`,
  );
}

/** Makes sure of the built-in dimensions, for a database that nobody has told a vocabulary yet. */
export async function seedVocabulary(session: Session): Promise<void> {
  const known = await session.rows<{ name: string }>('SELECT name FROM dimensions');
  const missing = VOCABULARY.filter((dimension) => !known.some(({ name }) => name === dimension.name));
  if (missing.length > 0) await insert(session, missing.map(stored), known.length);
}

/**
 * Makes this the vocabulary of the dataset; returns whether it was another one, and then every tag is derived anew. A
 * dimension that is no longer in it keeps its predictions, which make no tags until it is back.
 */
export async function setVocabulary(session: Session, vocabulary: readonly Dimension[]): Promise<boolean> {
  const wanted = vocabulary.map(stored);
  if (JSON.stringify(await readDimensions(session)) === JSON.stringify(wanted)) return false;
  await session.stage('kept_names', { name: { type: 'VARCHAR', values: wanted.map(({ name }) => name) } });
  await session.run('DELETE FROM dimensions USING kept_names WHERE kept_names.name = dimensions.name');
  await session.run('UPDATE dimensions SET in_use = false');
  await insert(session, wanted, 0);
  await deriveTags(session, null);
  return true;
}

function stored({ name, title, question, tags, multiple, builtin }: Dimension): StoredDimension {
  return { name, title, question: question ?? null, tags, multiple, builtin };
}

async function insert(session: Session, dimensions: readonly StoredDimension[], position: number): Promise<void> {
  const texts = (pick: (dimension: StoredDimension) => string | null) =>
    ({ type: 'VARCHAR', values: dimensions.map(pick) }) as const;
  await session.stage('staged_dimensions', {
    position: { type: 'INTEGER', values: dimensions.map((_, index) => position + index) },
    name: texts(({ name }) => name),
    title: texts(({ title }) => title),
    question: texts(({ question }) => question),
    answers: texts(({ tags }) => tags.join(SEPARATOR)),
    single_answer: { type: 'INTEGER', values: dimensions.map(({ multiple }) => (multiple ? 0 : 1)) },
    builtin: { type: 'INTEGER', values: dimensions.map(({ builtin }) => (builtin ? 1 : 0)) },
  });
  await session.run(
    `INSERT INTO dimensions
     SELECT name, title, question, CASE WHEN answers = '' THEN [] ELSE string_split(answers, $1) END,
       single_answer = 1, builtin = 1, position, true
     FROM staged_dimensions`,
    [SEPARATOR],
  );
  const tags = dimensions.flatMap(({ name, tags: names }) => names.map((tag) => ({ tag, dimension: name })));
  await session.stage('vocabulary', {
    name: { type: 'VARCHAR', values: tags.map(({ tag }) => tag) },
    dimension: { type: 'VARCHAR', values: tags.map(({ dimension }) => dimension) },
  });
  await session.run('INSERT INTO tags (name, dimension) SELECT * FROM vocabulary ANTI JOIN tags USING (name)');
  await session.run(
    `UPDATE tags SET dimension = vocabulary.dimension FROM vocabulary
     WHERE vocabulary.name = tags.name AND vocabulary.dimension <> tags.dimension`,
  );
}
