import * as vscode from 'vscode';
import type { NamedModel } from '../../protocol/viewApi';
import { VISUAL_LOOK } from './builtinModels';
import type { ModelChoices } from './modelChoices';
import type { ModelShelf, ShelvedModel } from './modelShelf';
import { downloadBytes } from './modelVariant';
import { diskWords } from './modelWords';

type Item = vscode.QuickPickItem & { readonly model: NamedModel };

/** Whether a model gives vectors of images. */
export function embeds({ manifest }: Pick<ShelvedModel, 'manifest'>): boolean {
  return manifest.weights?.abilities.includes('embed-images') ?? false;
}

/** Has the person choose whose vectors the map is made of; the last choice comes first. Null when it is dismissed. */
export async function chooseEmbedder(shelf: ModelShelf, choices: ModelChoices): Promise<NamedModel | null> {
  const models = (await shelf.list()).filter(embeds);
  if (models.length === 0) return VISUAL_LOOK;
  const builtin: Item = {
    label: VISUAL_LOOK.title,
    description: 'part of DataVisor · nothing to download',
    detail: 'Neighbours by look: colours, light, texture, layout. Finds near duplicates too.',
    model: VISUAL_LOOK,
  };
  const items = [builtin, ...models.map(item)];
  items.sort((a, b) => Number(b.model.name === choices.embedder.name) - Number(a.model.name === choices.embedder.name));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'What shall tell which images are alike?',
    placeHolder: 'Maps of several can stand side by side. Everything runs on this computer.',
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked) return null;
  await choices.choose('embedder', picked.model);
  return picked.model;
}

function item({ manifest, installed, partialBytes }: ShelvedModel): Item {
  const { name, title, licence, goodFor } = manifest;
  const disk = diskWords({
    installedBytes: installed?.bytes ?? null,
    partialBytes,
    downloadBytes: downloadBytes(manifest, 'cpu'),
  });
  return { label: title, description: `${disk} · ${licence}`, detail: goodFor, model: { name, title } };
}
