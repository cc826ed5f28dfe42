import * as v from 'valibot';
import { OwnModel } from '../../protocol/ownModel';
import { UserError } from '../../protocol/userError';
import { isReservedName } from '../vocabulary/mergeVocabulary';
import { NAME_RULE, normalizeName } from '../vocabulary/normalizeName';

/**
 * Reads what a `model.json` says. What it leaves out is as its schema says; the dimension is its name as it is stored.
 * @param text of the file
 * @param file its path, for messages
 * @throws UserError `own-model-invalid` that names the file and the field
 */
export function parseOwnModel(text: string, file: string): OwnModel {
  const parsed = v.safeParse(OwnModel, parseJson(text, file));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw ownModelInvalid(file, v.getDotPath(issue) ?? '', problem(issue));
  }
  const model = parsed.output;
  const wrong = wrongTogether(model);
  if (wrong) throw ownModelInvalid(file, ...wrong);
  if (model.dimension === undefined) return model;
  const dimension = normalizeName(model.dimension);
  if (dimension === null) throw ownModelInvalid(file, 'dimension', `must be ${NAME_RULE}`);
  if (isReservedName(dimension)) {
    throw ownModelInvalid(file, 'dimension', `is "${dimension}", which filters use for something else`);
  }
  return { ...model, dimension };
}

/** @param field such as `input.layout`; empty for the whole */
export function ownModelInvalid(file: string, field: string, what: string): UserError {
  const where = field === '' ? `${file} ${what}` : `In ${file}, ${field} ${what}`;
  return new UserError('own-model-invalid', `${where}. Correct it there; docs/models.md shows the form.`);
}

/** The field that does not go with another one, and why; null where all is well. */
function wrongTogether({ task, labels, threshold, dimension, input, output }: OwnModel): [string, string] | null {
  const { resize, shortestEdge, size } = input;
  if (shortestEdge !== undefined && resize !== 'crop') {
    return ['input.shortestEdge', `is only for input.resize "crop", but that says "${resize}"`];
  }
  const longest = Math.max(...size);
  if (shortestEdge !== undefined && shortestEdge < longest) {
    return ['input.shortestEdge', `is ${shortestEdge}, but ${longest} are cut out by input.size: it must be as much`];
  }
  if (task === 'embedding') {
    const given = Object.entries({ labels, threshold, dimension }).find(([, value]) => value !== undefined);
    if (given) return [given[0], 'is only for models with labels, but task says "embedding"'];
    if (output.activation !== 'none') {
      return ['output.activation', `is "${output.activation}", but vectors (task "embedding") are taken as they are`];
    }
    return null;
  }
  if (labels === undefined) return ['labels', `is missing: a ${task} model needs the file with its labels`];
  if (output.length !== undefined) return ['output.length', `is only for task "embedding", but that says "${task}"`];
  if (task === 'single-label' && output.activation === 'sigmoid') {
    return ['output.activation', 'is "sigmoid", but of a single-label model the labels add up to one: say "softmax"'];
  }
  return null;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw ownModelInvalid(file, '', `is no JSON: ${(error as Error).message}`);
  }
}

function problem(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === 'never') return 'is no field that is known here';
  if (issue.kind !== 'schema') return issue.message;
  if (issue.received === 'undefined') return 'is missing';
  const wanted = WORDS[issue.type] ?? issue.expected?.replaceAll(' | ', ' or ').replace(/^\(|\)$/g, '') ?? issue.type;
  return `must be ${wanted}, not ${issue.received}`;
}

const WORDS: Readonly<Record<string, string>> = {
  strict_object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
};
