import { UserError } from '../../../protocol/userError';
import type { AskedDimension, ModelQuestions } from '../../../protocol/workerApi';
import type { FamilyLayout } from './familyLayout';
import { CAPTION_QUESTION, TAGS_QUESTION, plain, promptFor, questionOf } from './promptText';

export interface PlannedAnswer {
  /** What follows the question; the token that ends an answer is the last. */
  readonly tokens: readonly number[];
  /** All but the last: what the model is told before it gives its opinion of the last. */
  readonly told: readonly number[];
}

/** One dimension in tokens. */
export interface PlannedQuestion {
  readonly dimension: AskedDimension;
  /** What follows the shared prefix and precedes every answer. At least one token. */
  readonly tokens: readonly number[];
  /** The same with all that is told of the first answer. */
  readonly opening: readonly number[];
  /** In the dimension's order. */
  readonly answers: readonly PlannedAnswer[];
}

/** All that is asked about an image, in tokens. */
export interface PromptPlan {
  /** What all prompts begin with; the image token is in it once. */
  readonly prefix: readonly number[];
  readonly questions: readonly PlannedQuestion[];
  /** What follows the prefix when free tags or a caption are asked for. */
  readonly tags: readonly number[] | null;
  readonly caption: readonly number[] | null;
}

export interface PromptTokens {
  readonly encode: (text: string) => number[];
  readonly imageToken: number;
  readonly endToken: number;
  readonly layout: FamilyLayout;
  /** The manifest's, if it has one. */
  readonly prompt: string | undefined;
}

/**
 * Encodes every whole prompt, answers included, and only then cuts: byte pairs merge across seams, so that the tokens
 * of parts are not the parts of the tokens.
 * @returns null when nothing is asked.
 * @throws UserError `model-unusable` when the image is not in what all prompts begin with.
 */
export function planPrompts(questions: ModelQuestions, tokens: PromptTokens): PromptPlan | null {
  const { encode, imageToken, endToken, layout, prompt } = tokens;
  const asked = questions.dimensions
    .filter(({ answers }) => answers.length > 0)
    .map((dimension) => {
      const text = promptFor(questionOf(dimension), layout, prompt) + layout.answerLead;
      const whole = dimension.answers.map((answer) => [...encode(text + plain(answer.text)), endToken]);
      return { dimension, whole, shared: commonPrefix(whole) };
    });
  const tags = questions.freeTags > 0 ? encode(promptFor(TAGS_QUESTION, layout, prompt)) : null;
  const caption = questions.caption ? encode(promptFor(CAPTION_QUESTION, layout, prompt)) : null;
  const all = [
    ...asked.map(({ whole, shared }) => whole[0].slice(0, shared)),
    ...[tags, caption].filter((ids) => ids !== null),
  ];
  if (all.length === 0) return null;
  const length = commonPrefix(all);
  const prefix = all[0].slice(0, length);
  if (prefix.filter((id) => id === imageToken).length !== 1) {
    throw new UserError('model-unusable', 'The prompt of the model must hold the image once, before the question.');
  }
  return {
    prefix,
    questions: asked.map(({ dimension, whole, shared }) => ({
      dimension,
      tokens: whole[0].slice(length, shared),
      opening: whole[0].slice(length, -1),
      answers: whole.map((ids) => ({ tokens: ids.slice(shared), told: ids.slice(shared, -1) })),
    })),
    tags: tags && tags.slice(length),
    caption: caption && caption.slice(length),
  };
}

/** How many tokens all begin with, leaving each at least one of its own. */
function commonPrefix(sequences: readonly (readonly number[])[]): number {
  const limit = Math.min(...sequences.map((ids) => ids.length)) - 1;
  let length = 0;
  while (length < limit && sequences.every((ids) => ids[length] === sequences[0][length])) length++;
  return length;
}
