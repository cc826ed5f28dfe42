import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest, type ModelManifest } from '../../protocol/modelManifest';

/**
 * The manifests (`*.json`) of a folder, those with `weights` and those without, by file name. One that cannot be read,
 * does not parse or is not named like its file is left out and reported by `log`; so is a folder that cannot be read.
 */
export function readCatalog(folder: string, log: (line: string) => void): ModelManifest[] {
  return readManifests(folder, readManifest, log);
}

/**
 * The same of any kind of manifests.
 * @param read throws where the JSON is no manifest of that kind
 */
export function readManifests<T extends { readonly name: string }>(
  folder: string,
  read: (json: unknown) => T,
  log: (line: string) => void,
): T[] {
  const manifests: T[] = [];
  for (const file of manifestFiles(folder, log)) {
    try {
      const manifest = read(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      if (`${manifest.name}.json` !== file) throw new Error(`it is named ${manifest.name}, its file is not`);
      manifests.push(manifest);
    } catch (error) {
      log(
        `The model manifest ${join(folder, file)} is left out: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  return manifests;
}

function manifestFiles(folder: string, log: (line: string) => void): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .sort();
  } catch (error) {
    log(`The models' folder ${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}
