import path from 'node:path';
import * as vscode from 'vscode';
import * as v from 'valibot';

const Wanted = v.picklist(['auto', 'cpu', 'gpu']);
const FreeTags = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(50));

const settings = (folder?: vscode.Uri) => vscode.workspace.getConfiguration('datavisor', folder);

/** What models shall run on. The setting belongs to the machine: a workspace cannot change it. */
export function wantedDevice(): v.InferOutput<typeof Wanted> {
  const parsed = v.safeParse(Wanted, settings().get('device'));
  return parsed.success ? parsed.output : 'auto';
}

/** Where models are downloaded to and found in: the machine's setting, else a folder in the extension's storage. */
export function modelFolder(storage: vscode.Uri): string {
  const folder = settings().get('modelFolder');
  if (typeof folder === 'string' && path.isAbsolute(folder.trim())) return path.normalize(folder.trim());
  return path.join(storage.fsPath, 'models');
}

/** Where models are downloaded from: the machine's setting, else `$HF_ENDPOINT`; undefined for the hub itself. */
export function modelEndpoint(): string | undefined {
  const endpoint = settings().get('modelEndpoint');
  if (typeof endpoint === 'string' && endpoint.trim() !== '') return endpoint.trim();
  return process.env['HF_ENDPOINT'] || undefined;
}

/** How many free tags an image at most, 0 to 50, and whether captions are wanted, of models that can write. */
export function writingSettings(): { freeTags: number; captions: boolean } {
  const freeTags = v.safeParse(FreeTags, settings().get('freeTags'));
  return { freeTags: freeTags.success ? freeTags.output : 0, captions: settings().get('captions') === true };
}
