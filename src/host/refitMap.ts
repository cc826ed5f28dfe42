import { UserError } from '../protocol/userError';
import type { CommandServices } from './commandServices';
import type { DatasetSession } from './datasetSession';
import { shownEmbedder } from './models/shownEmbedder';

/** Lays out the map that is shown anew, with the settings that were chosen for it. @throws UserError `not-embedded` */
export async function refitMap({ runs, choices }: CommandServices, session: DatasetSession): Promise<void> {
  const dataset = await session.openForWriting();
  if ((await dataset.embeddingModels()).length === 0) {
    throw new UserError('not-embedded', 'Nothing here is embedded yet. Run “DataVisor: Embed and Map” first.');
  }
  const embedder = await shownEmbedder(dataset, choices);
  await runs.start(session, { kind: 'layOutMap', embedder, settings: {} });
}
