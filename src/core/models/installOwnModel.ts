import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { ModelManifest } from '../../protocol/modelManifest';
import type { OwnModel } from '../../protocol/ownModel';
import { externalDataFiles } from './externalData';
import { fileInside, FileRefused } from './fileInside';
import { digestFile } from './hashFile';
import type { InstalledModel } from './installedModel';
import { isWholeOnnx } from './onnxFrame';
import { OWN_DTYPE, ownManifest } from './ownManifest';
import { ownModelInvalid } from './ownModelFile';

/** A file with the labels of a model has no more. */
const MOST_LABEL_BYTES = 50_000_000;

/** Digests of files by path, size and time: a model is looked at often, and graphs are large. */
const digests = new Map<string, string>();

/**
 * Looks at the files of a person's own model: all of them lie in its folder, the weights that lie beside the graph
 * included, and the graph is an ONNX file. Its revision holds what they contain, so that what an earlier content
 * answered is asked again.
 * @param folder absolute path of the model's folder
 * @throws UserError `own-model-invalid` that names the field of `model.json` and what is wrong with its file
 */
export async function installOwnModel(folder: string, { name, weights }: ModelManifest): Promise<InstalledModel> {
  const own = weights?.own;
  if (!own) throw new Error(`${name} is no model of a person's own`);
  const modelFile = join(folder, 'model.json');
  const find = (field: string, path: string, says = `names ${path}`, mostBytes?: number) =>
    fileInside(folder, path, mostBytes).catch((error: unknown) => {
      if (!(error instanceof FileRefused)) throw error;
      throw ownModelInvalid(modelFile, field, `${says}, which ${error.why}`);
    });
  const graph = await find('graph', own.graph);
  if (!(await isWholeOnnx(graph.file))) {
    throw ownModelInvalid(modelFile, 'graph', `names ${own.graph}, which is not a whole ONNX model`);
  }
  const files = [graph];
  for (const location of await dataFiles(graph.file, modelFile, own.graph)) {
    // ONNX Runtime looks beside the graph; where that is a link, beside what it leads to.
    const path = relative(await realpath(folder), resolve(dirname(graph.file), location));
    files.push(await find('graph', path, `names ${own.graph}, whose weights lie in ${location}`));
  }
  if (own.labels !== undefined) files.push(await find('labels', own.labels, undefined, MOST_LABEL_BYTES));
  const hash = createHash('sha256').update(JSON.stringify(whatAnswersHangOn(own)));
  for (const { file, bytes, mtimeMs } of files) hash.update(await digestOf(file, bytes, mtimeMs));
  return {
    manifest: ownManifest(name, own, hash.digest('hex')),
    dtype: OWN_DTYPE,
    folder,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    sourceVerified: 'local-folder',
  };
}

/** What is left out changes no answer, only what is made of it. */
function whatAnswersHangOn({ $schema: _, title: _title, description: _text, licence: _by, ...own }: OwnModel): object {
  return { ...own, threshold: undefined };
}

async function dataFiles(graph: string, modelFile: string, shown: string): Promise<string[]> {
  try {
    return await externalDataFiles(graph);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw ownModelInvalid(modelFile, 'graph', `names ${shown}, which cannot be used: ${why}`);
  }
}

async function digestOf(file: string, bytes: number, mtimeMs: number): Promise<string> {
  const key = `${file} ${bytes} ${mtimeMs}`;
  const known = digests.get(key);
  if (known !== undefined) return known;
  const { sha256 } = await digestFile(file, undefined);
  digests.set(key, sha256);
  return sha256;
}
