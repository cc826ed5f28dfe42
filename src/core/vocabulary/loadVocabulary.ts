import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dimension } from '../../protocol/vocabulary';
import { DATA_FOLDER } from '../datasetLocation';
import { listOwnModels, type OwnModelEntry } from '../models/ownModels';
import { mergeVocabulary } from './mergeVocabulary';
import { parseUserVocabulary, vocabularyInvalid, type UserVocabulary } from './userVocabulary';

/** In the folder's `.datavisor`. */
export const VOCABULARY_FILE = 'vocabulary.json';

/**
 * The vocabulary of a folder: the built-in one, what a setting adds, what its `.datavisor/vocabulary.json` adds, then what
 * the labels of models in its `.datavisor/models` answer.
 * @param setting of the same form as the file, or undefined
 * @throws UserError `vocabulary-invalid` that names the file or the setting, and the field.
 */
export async function loadVocabulary(
  folder: string,
  setting?: { readonly name: string; readonly value: unknown },
): Promise<readonly Dimension[]> {
  const users: UserVocabulary[] = [];
  if (setting && setting.value !== undefined && setting.value !== null) {
    users.push(parseUserVocabulary(setting.value, setting.name));
  }
  const file = join(folder, DATA_FOLDER, VOCABULARY_FILE);
  const text = await readIfThere(file);
  if (text !== null) users.push(parseUserVocabulary(parseJson(text, file), file));
  return withOwnDimensions(mergeVocabulary(users), await listOwnModels(folder, []));
}

/** Labels go into families of their own, unless a dimension of that name is there. Models that cannot be used have none. */
function withOwnDimensions(vocabulary: readonly Dimension[], models: readonly OwnModelEntry[]): Dimension[] {
  const all = [...vocabulary];
  for (const { manifest } of models) {
    const own = manifest?.weights?.own;
    const name = own?.dimension;
    if (!own || name === undefined || all.some((other) => other.name === name)) continue;
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    all.push({ name, title, tags: [], multiple: own.task === 'multi-label', builtin: false });
  }
  return all;
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw vocabularyInvalid(file, '', `could not be read: ${message}`);
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw vocabularyInvalid(file, '', `is no JSON: ${(error as Error).message}`);
  }
}
