import { NO_ANSWER, VOCABULARY, type Answer, type Dimension } from '../../protocol/vocabulary';
import { NUMBER_FIELDS, OTHER_DIMENSION, TEXT_FIELDS } from '../filter/filterFields';
import { vocabularyInvalid, type UserDimension, type UserVocabulary } from './userVocabulary';

/** Names that mean something else in a filter. */
const RESERVED: readonly string[] = [...TEXT_FIELDS, ...NUMBER_FIELDS, OTHER_DIMENSION, 'conf'];

/** Whether filters use a name for something else than a dimension. */
export function isReservedName(name: string): boolean {
  return RESERVED.includes(name);
}

/**
 * The built-in dimensions, with what people add to them, and then people's own in the order in which they come.
 * @throws UserError `vocabulary-invalid` for names that are taken and for questions without a choice.
 */
export function mergeVocabulary(users: readonly UserVocabulary[]): readonly Dimension[] {
  const merged: Dimension[] = [...VOCABULARY];
  for (const { source, dimensions } of users) {
    dimensions.forEach((user, index) => {
      const field = `dimensions.${index}`;
      const refuse = (at: string, what: string) => vocabularyInvalid(source, `${field}.${at}`, what);
      if (dimensions.findIndex(({ name }) => name === user.name) < index) {
        throw refuse('name', `is "${user.name}", which stands there twice`);
      }
      const place = merged.findIndex(({ name }) => name === user.name);
      const known = merged[place] as Dimension | undefined;
      if (known?.multiple) throw refuse('name', `is "${known.name}", which is no question with one answer`);
      if (isReservedName(user.name)) throw refuse('name', `is "${user.name}", which filters use for something else`);
      const others = merged.filter(({ name }) => name !== user.name);
      user.answers.forEach(({ tag }, answer) => {
        const owner = others.find(({ tags }) => tags.includes(tag));
        if (owner) throw refuse(`answers.${answer}`, takenBy(tag, owner.name, user.name));
        if (user.answers.findIndex((other) => other.tag === tag) < answer) {
          throw refuse(`answers.${answer}`, `is "${tag}", which stands there twice`);
        }
      });
      const dimension = extend(known, user);
      if (dimension.answers!.length < 2) throw refuse('answers', 'leave no choice: give at least two');
      if (known) merged[place] = dimension;
      else merged.push(dimension);
    });
  }
  return merged;
}

function takenBy(tag: string, owner: string, dimension: string): string {
  const other = JSON.stringify({ tag: `${dimension} ${tag}`.slice(0, 50), text: tag });
  return `is the tag "${tag}", which belongs to "${owner}". A tag has one dimension: take another one, such as ${other}`;
}

function extend(known: Dimension | undefined, user: UserDimension): Dimension {
  const answers = new Map((known?.answers ?? []).map((answer) => [answer.tag, answer]));
  for (const answer of user.answers) answers.set(answer.tag, completed(answer, answers.get(answer.tag), user.name));
  const none = answers.get(NO_ANSWER);
  answers.delete(NO_ANSWER); // it stays the last one
  const mayHaveNone = user.noneOfThese ?? (!known || none !== undefined);
  return {
    name: user.name,
    title: user.title ?? known?.title ?? capitalized(user.name),
    tags: [...answers.keys()],
    multiple: false,
    builtin: known?.builtin ?? false,
    question: user.question ?? known?.question ?? `Which ${user.name} is in this picture?`,
    answers: mayHaveNone ? [...answers.values(), none ?? NONE] : [...answers.values()],
  };
}

const NONE: Answer = { tag: NO_ANSWER, text: NO_ANSWER, prompts: ['a photo', 'a photo of something else'] };

/** A person's answer, what is left out as before or by rule. */
function completed(
  { tag, text, prompts }: UserDimension['answers'][number] & Partial<Answer>,
  before: Answer | undefined,
  dimension: string,
): Answer {
  if (tag === NO_ANSWER) return { tag, text: text ?? NO_ANSWER, prompts: prompts ?? NONE.prompts };
  const said = text ?? before?.text ?? tag;
  return { tag, text: said, prompts: prompts ?? before?.prompts ?? [`a photo of ${said}`, `${dimension}: ${said}`] };
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
