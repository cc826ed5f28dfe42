import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { OwnModel } from '../../../protocol/ownModel';
import { UserError } from '../../../protocol/userError';
import type { ModelRequest } from '../../../protocol/workerApi';
import type { LabelSet } from '../labels/labelSet';
import { toProbabilities } from './toProbabilities';

/** Longer ones are no names. */
const LONGEST = 200;

/**
 * The labels of a person's own model, all of one dimension.
 * @throws UserError `model-unusable` that names the file and the line
 */
export async function readOwnLabels({ folder, name }: ModelRequest, own: OwnModel): Promise<LabelSet> {
  const { labels: path, dimension = name, task, output } = own;
  if (path === undefined) throw new Error('a model with labels has a file that names them');
  const file = join(folder, path);
  try {
    const names = parseLabels(await readFile(file, 'utf8'), path.toLowerCase().endsWith('.csv'));
    return {
      labels: names.map((tag) => ({ tag, dimension })),
      single: new Set(task === 'single-label' ? [dimension] : []),
      file,
      probabilities: (row) => toProbabilities(row, output.activation),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError('model-unusable', `${file} (labels of model.json) cannot be used: ${why}.`, { cause: error });
  }
}

/**
 * Reads one label a line, or of CSV the column `name`. Spaces around labels do not count, nor do empty lines at the end.
 * @throws Error that says which line is wrong
 */
export function parseLabels(text: string, isCsv: boolean): string[] {
  const content = text.replace(/^\uFEFF/, '').trimEnd();
  const names = (isCsv ? csvNames(content) : content.split(/\r?\n/)).map((name) => name.normalize('NFC').trim());
  const first = isCsv ? 2 : 1;
  const lines = new Map<string, number>();
  names.forEach((name, i) => {
    const line = first + i;
    if (name === '') throw new Error(`line ${line} names no label`);
    if (name.length > LONGEST) throw new Error(`line ${line} has more than ${LONGEST} letters`);
    const before = lines.get(name);
    if (before !== undefined) throw new Error(`lines ${before} and ${line} both say "${name}"`);
    lines.set(name, line);
  });
  return names;
}

function csvNames(content: string): string[] {
  const { data, errors, meta } = Papa.parse<Record<string, string | undefined>>(content, { header: true });
  if (!meta.fields?.includes('name')) throw new Error('it has no column "name"');
  // With one column there is nothing to separate, which the parser remarks on.
  const wrong = errors.find(({ code }) => code !== 'UndetectableDelimiter');
  if (wrong) throw new Error(`line ${(wrong.row ?? 0) + 2}: ${wrong.message}`);
  if (data.length === 0) throw new Error('it names no labels');
  return data.map(({ name }) => name ?? '');
}
