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

/** Where models are downloaded from by the machine's setting; undefined where it is not set. */
export function modelEndpoint(): string | undefined {
  const endpoint = settings().get('modelEndpoint');
  return typeof endpoint === 'string' && endpoint.trim() !== '' ? endpoint.trim() : undefined;
}

/** How many free tags an image at most, 0 to 50, and whether captions are wanted, of models that can write. */
export function writingSettings(): { freeTags: number; captions: boolean } {
  const freeTags = v.safeParse(FreeTags, settings().get('freeTags'));
  return { freeTags: freeTags.success ? freeTags.output : 0, captions: settings().get('captions') === true };
}
