import * as v from 'valibot';
import { UserError } from '../../protocol/userError';
import { NAME_RULE, normalizeName } from './normalizeName';

/** Beyond these a vocabulary is an accident. */
const MOST_DIMENSIONS = 50;
const MOST_ANSWERS = 200;

const name = v.pipe(
  v.string(),
  v.check((text) => normalizeName(text) !== null, `must be ${NAME_RULE}`),
  v.transform((text) => normalizeName(text)!),
);
const text = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(300, 'is too long: at most 300 characters'),
);

const UserAnswer = v.union(
  [
    v.pipe(
      name,
      v.transform((tag) => ({ tag })),
    ),
    v.strictObject({
      tag: name,
      /** What a vision-language model says; the tag by default. */
      text: v.optional(text),
      /** What zero-shot models compare an image with. */
      prompts: v.optional(v.pipe(v.array(text), v.minLength(1, 'needs at least one text'))),
    }),
  ],
  (issue) => answerProblem(issue.input),
);

const UserDimension = v.strictObject({
  name,
  title: v.optional(text),
  question: v.optional(text),
  answers: v.optional(
    v.pipe(v.array(UserAnswer), v.maxLength(MOST_ANSWERS, `has more than ${MOST_ANSWERS} answers`)),
    [],
  ),
  /** Whether an image may have none of the answers; true by default. */
  noneOfThese: v.optional(v.boolean()),
});
export type UserDimension = v.InferOutput<typeof UserDimension>;

const UserVocabulary = v.strictObject({
  dimensions: v.optional(
    v.pipe(v.array(UserDimension), v.maxLength(MOST_DIMENSIONS, `has more than ${MOST_DIMENSIONS} dimensions`)),
    [],
  ),
});

/** Dimensions and answers that a person adds to the vocabulary, and where they are written. */
export interface UserVocabulary {
  /** For messages: a path, or the name of a setting. */
  readonly source: string;
  readonly dimensions: readonly UserDimension[];
}

/**
 * Reads `{ "dimensions": [ … ] }` as docs/vocabulary.md describes it.
 * @throws UserError `vocabulary-invalid` that names the source and the field.
 */
export function parseUserVocabulary(json: unknown, source: string): UserVocabulary {
  if (Array.isArray(json)) throw vocabularyInvalid(source, '', 'must be an object with "dimensions", not a list');
  const parsed = v.safeParse(UserVocabulary, json);
  if (parsed.success) return { source, dimensions: parsed.output.dimensions };
  const [issue] = parsed.issues;
  throw vocabularyInvalid(source, v.getDotPath(issue) ?? '', problem(issue));
}

/** @param field such as `dimensions.0.answers.2`; empty for the whole */
export function vocabularyInvalid(source: string, field: string, what: string): UserError {
  const where = field === '' ? `The vocabulary in ${source}` : `In the vocabulary ${source}, ${field}`;
  return new UserError('vocabulary-invalid', `${where} ${what}. Correct it there; docs/vocabulary.md shows the form.`);
}

function problem(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === 'never') return 'is no field that is known here';
  if (issue.kind === 'schema' && issue.type !== 'union') return `must be ${wanted(issue.type)}, not ${issue.received}`;
  return issue.message;
}

function wanted(type: string): string {
  const words: Readonly<Record<string, string>> = {
    strict_object: 'an object',
    array: 'a list',
    string: 'a text',
    boolean: 'true or false',
  };
  return words[type] ?? type;
}

/** A union would only say that none of its forms fits. */
function answerProblem(input: unknown): string {
  if (typeof input === 'string') return `must be ${NAME_RULE}`;
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return 'must be a text, or an object with "tag" and perhaps "text" and "prompts"';
  }
  if (!('tag' in input)) return 'needs a "tag"';
  if (typeof input.tag !== 'string' || normalizeName(input.tag) === null)
    return `has a "tag" that must be ${NAME_RULE}`;
  const unknown = Object.keys(input).find((key) => !['tag', 'text', 'prompts'].includes(key));
  if (unknown !== undefined) return `has a field "${unknown}" that is not known here`;
  return 'needs a "text" that is a text and "prompts" that are a list of texts, none of them empty';
}
