import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelVariant } from '../../../protocol/modelManifest';
import { UserError } from '../../../protocol/userError';
import type { ModelRequest } from '../../../protocol/workerApi';

/**
 * Looks whether all files of a model are there and its JSON files can be read, so that what is wrong has a name.
 * @returns the variant asked for and the JSON files' contents by path.
 * @throws UserError `model-unusable`
 */
export async function readModelFiles({
  name,
  weights,
  folder,
  dtype,
}: ModelRequest): Promise<{ variant: ModelVariant; json: ReadonlyMap<string, object> }> {
  const variant = weights.variants.find((one) => one.dtype === dtype);
  if (!variant) {
    const known = weights.variants.map((one) => one.dtype).join(', ');
    throw new UserError('model-unusable', `There is no ${dtype} variant of ${name}; there are: ${known}.`);
  }
  const files = [...weights.files, ...variant.files].filter(({ optional }) => !optional).map(({ path }) => path);
  const missing = (
    await Promise.all(files.map(async (path) => ((await exists(join(folder, path))) ? [] : [path])))
  ).flat();
  if (missing.length > 0) {
    throw new UserError(
      'model-unusable',
      `Files of the model ${name} are missing in ${folder}: ${missing.join(', ')}. Download it again.`,
    );
  }
  const json = new Map<string, object>();
  for (const path of files) if (path.endsWith('.json')) json.set(path, await readJson(join(folder, path), name));
  return { variant, json };
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function readJson(file: string, name: string): Promise<object> {
  const text = await readFile(file, 'utf8');
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === 'object' && content !== null) return content;
  } catch {
    // Said below.
  }
  throw new UserError('model-unusable', `${file}, of the model ${name}, is damaged. Download it again.`);
}
