import path from 'node:path';
import * as vscode from 'vscode';
import type { Dataset } from '../core/dataset';
import { MOST_EXAMPLES } from '../protocol/gridApi';
import { UserError } from '../protocol/userError';
import { activeDataset } from './activeDataset';
import type { CommandServices } from './commandServices';
import { showSimilar } from './rankedView';

/**
 * Shows what looks like the images selected in the grid, else like the one in the active editor.
 * @throws UserError `no-example`, `too-many-examples`, `not-indexed`, and those of `showSimilar`
 */
export async function findSimilarCommand(services: CommandServices): Promise<void> {
  const { session, dataset } = await activeDataset(services.registry);
  const selected = await services.panel.selectedImages();
  const ids = selected.length > 0 ? selected : await openImage(dataset);
  if (ids.length === 0) {
    throw new UserError('no-example', 'Select images in the grid first, or open an image of the dataset.');
  }
  if (ids.length > MOST_EXAMPLES) {
    throw new UserError('too-many-examples', `Choose at most ${MOST_EXAMPLES} images to find similar ones.`);
  }
  await showSimilar(services, session, dataset, ids);
  await services.panel.show(session);
}

/** The image in the active editor, if it is one of the dataset's. */
async function openImage(dataset: Dataset): Promise<Int32Array> {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText)) return new Int32Array();
  const relative = path.relative(dataset.location.folder, input.uri.fsPath);
  if (relative.startsWith('..') || path.isAbsolute(relative)) return new Int32Array();
  const id = await dataset.sampleIdByPath(relative.split(path.sep).join('/'));
  return id === null ? new Int32Array() : Int32Array.of(id);
}
