import { CONFIDENCE_FIELD, NUMBER_FIELDS } from './filterFields';

/** What a field asks for, in a few words; those asked for most come first. Dimensions go by their titles. */
export const FIELD_HELP: Readonly<Record<string, string>> = {
  tag: 'has the tag',
  name: 'in the file name',
  folder: 'lies in the folder',
  path: 'anywhere in the path',
  caption: 'a word of its caption',
  review: 'open or done',
  source: 'who gave it a tag',
  [CONFIDENCE_FIELD]: 'how sure a tag is',
  disagree: 'people or models',
  issue: 'dark, blurry, odd-size, …',
  split: 'train, val or test',
  provider: 'model that said something',
  run: 'tags of that run',
  decided: 'a person decided on the tag',
  rejected: 'a person took the tag away',
  status: 'pending, completed, failed, …',
  format: 'jpeg, png, …',
  camera: 'make and model',
  ...Object.fromEntries(NUMBER_FIELDS.map((field) => [field, 'compared with a number'])),
};

/** The name of a field with what comes after it: `tag:`, `width>`, `conf(`. */
export function fieldStart(field: string): string {
  if (field === CONFIDENCE_FIELD) return `${field}(`;
  const name = /[\s():"=<>!]/u.test(field) ? `"${field}"` : field;
  return (NUMBER_FIELDS as readonly string[]).includes(field) ? `${name}>` : `${name}:`;
}
