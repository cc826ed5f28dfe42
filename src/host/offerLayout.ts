import * as vscode from 'vscode';
import type { Dataset } from '../core/dataset';
import { sameMapSettings, type MapSettings } from '../protocol/mapSettings';
import type { SavedView } from '../protocol/savedViewApi';
import type { DatasetSession } from './datasetSession';
import type { HostServices } from './hostServices';

/**
 * Says so where a saved view was made with another layout of the map than there is now, and offers that one: a long run
 * is never started by opening a view.
 */
export async function offerLayout(
  { layOutMap }: Pick<HostServices, 'layOutMap'>,
  session: DatasetSession,
  dataset: Dataset,
  embedder: string,
  { name, settings: { mapSettings } }: SavedView,
): Promise<void> {
  const { settings: present, provisional } = await dataset.projections.state(embedder);
  if (!mapSettings || !present || provisional || sameMapSettings(mapSettings, present)) return;
  const layOut = 'Lay Out Anew';
  const text = `DataVisor: “${name}” was saved with a map of ${mapWords(mapSettings)}. The map now has ${mapWords(present)}.`;
  if ((await vscode.window.showInformationMessage(text, layOut)) === layOut) layOutMap(session, embedder, mapSettings);
}

/** "15 neighbours, least distance 0.1, cosine". */
export function mapWords({ neighbors, minDistance, metric }: MapSettings): string {
  return `${neighbors} neighbours, least distance ${minDistance}, ${metric}`;
}
