import type { Dataset } from '../core/dataset';
import { UserError } from '../protocol/userError';
import type { DatasetRegistry } from './datasetRegistry';
import type { DatasetSession } from './datasetSession';

export interface ActiveDataset {
  readonly session: DatasetSession;
  readonly dataset: Dataset;
  /** Of the session, when it was asked for. */
  readonly revision: number;
}

/** The dataset that the views show, open. @throws UserError `not-indexed` */
export async function activeDataset(registry: DatasetRegistry): Promise<ActiveDataset> {
  const session = registry.active;
  const dataset = await session?.openIfIndexed();
  if (!session || !dataset) {
    throw new UserError('not-indexed', session?.error ?? 'This folder was not indexed yet. Run “DataVisor: Auto-Tag”.');
  }
  return { session, dataset, revision: session.revision };
}
