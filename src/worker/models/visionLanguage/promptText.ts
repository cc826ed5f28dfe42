import type { AskedDimension } from '../../../protocol/workerApi';
import type { FamilyLayout } from './familyLayout';

const CHOICES = '{question} Choose one: {answers}.';

/** What is asked for free tags. */
export const TAGS_QUESTION = 'List the objects, scenes, colours and attributes in this image as comma-separated tags.';
/** What is asked for a caption. */
export const CAPTION_QUESTION = 'Describe this image in one sentence.';

/**
 * The whole prompt of a question, with the image token in it once.
 * @param own the manifest's prompt, which may name the image by `{image}`, by the family's token or not at all (then
 * the image comes first).
 */
export function promptFor(question: string, { prompt, image, imageToken }: FamilyLayout, own?: string): string {
  const template = own === undefined ? prompt : withImage(own, image, imageToken);
  return fill(template, { image, question });
}

/** The question of a dimension with its answers, as it is put to the model. */
export function questionOf({ question, answers }: AskedDimension): string {
  return fill(CHOICES, { question: plain(question), answers: answers.map(({ text }) => plain(text)).join(', ') });
}

/** People's words, which must not be taken for the special tokens of a model: `<image>`, `<|im_end|>`. */
export function plain(text: string): string {
  return text.replace(/[<>]/g, ' ').trim();
}

function withImage(template: string, image: string, imageToken: string): string {
  if (template.includes('{image}')) return template;
  const named = [image, imageToken].find((text) => template.includes(text));
  if (named === undefined) return `{image}${template}`;
  return template.split(named).join('{image}');
}

/** Puts values in the place of their names; what a value holds is never looked into again. */
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (text, name: string) => values[name] ?? text);
}
