import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelManifest } from '../../protocol/modelManifest';
import { UserError } from '../../protocol/userError';
import { DATA_FOLDER } from '../datasetLocation';
import { normalizeName } from '../vocabulary/normalizeName';
import { fileInside, FileRefused } from './fileInside';
import { ownManifest } from './ownManifest';
import { ownModelInvalid, parseOwnModel } from './ownModelFile';

/** In the dataset's `.datavisor`: a folder for each model. */
const MODELS_FOLDER = 'models';
const MODEL_FILE = 'model.json';
const MOST_BYTES = 1_000_000;
/** Names that stand for something else where models are named. */
const TAKEN: readonly string[] = ['person', 'duplicates'];

/** A model of a person's own in a dataset's folder, as its `model.json` says. */
export interface OwnModelEntry {
  /** Of its folder. */
  readonly name: string;
  /** Absolute path of its folder. */
  readonly folder: string;
  /** Without what the files contain in its revision; null where there is a problem. */
  readonly manifest: ModelManifest | null;
  /** What is wrong with `model.json`, in words, or null. */
  readonly problem: string | null;
}

/**
 * The models in `.datavisor/models` of a dataset's folder, by name. Reads their `model.json` and nothing else.
 * @param known names of the models and remote providers that DataVisor knows itself, which are taken
 * @throws UserError `own-model-invalid` when the folder of models cannot be read
 */
export async function listOwnModels(dataset: string, known: readonly string[]): Promise<OwnModelEntry[]> {
  const home = join(dataset, DATA_FOLDER, MODELS_FOLDER);
  const names = await foldersIn(home);
  return Promise.all(names.map((name) => readEntry(home, name, known)));
}

/**
 * One of them, or null where there is no folder of that name.
 * @throws UserError `own-model-invalid` when its `model.json` or its name cannot be used
 */
export async function ownModelNamed(
  dataset: string,
  name: string,
  known: readonly string[],
): Promise<(OwnModelEntry & { readonly manifest: ModelManifest }) | null> {
  const entry = (await listOwnModels(dataset, known)).find((other) => other.name === name);
  if (!entry) return null;
  if (entry.manifest === null) throw new UserError('own-model-invalid', entry.problem ?? 'It cannot be used.');
  return { ...entry, manifest: entry.manifest };
}

async function foldersIn(home: string): Promise<string[]> {
  try {
    const entries = await readdir(home, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isFile())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw ownModelInvalid(home, '', `cannot be read: ${message}`);
  }
}

async function readEntry(home: string, name: string, known: readonly string[]): Promise<OwnModelEntry> {
  const folder = join(home, name);
  try {
    requireName(folder, name, known);
    return { name, folder, manifest: await readModelFile(home, name), problem: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { name, folder, manifest: null, problem: error.message };
  }
}

function requireName(folder: string, name: string, known: readonly string[]): void {
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) {
    throw ownModelInvalid(folder, '', 'has a name that is not of small letters, digits, "." and "-": rename it');
  }
  if (known.includes(name) || TAKEN.includes(name)) {
    throw ownModelInvalid(
      folder,
      '',
      'has the name of a model or provider that DataVisor knows itself: rename the folder',
    );
  }
}

async function readModelFile(home: string, name: string): Promise<ModelManifest> {
  const shown = join(home, name, MODEL_FILE);
  const text = await fileInside(home, join(name, MODEL_FILE), MOST_BYTES).then(
    ({ file }) => readFile(file, 'utf8'),
    (error: unknown) => {
      throw error instanceof FileRefused ? ownModelInvalid(shown, '', error.why) : error;
    },
  );
  const own = parseOwnModel(text, shown);
  if (own.task === 'embedding') return ownManifest(name, own, null);
  const dimension = own.dimension ?? normalizeName(name.replaceAll('.', '-'));
  if (dimension === null) throw ownModelInvalid(shown, 'dimension', 'is missing: the name of the model is too short');
  return ownManifest(name, { ...own, dimension }, null);
}
