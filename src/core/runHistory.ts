import type { DatasetDoor } from './datasetDoor';
import { failureList, nextRetry, type FailurePage, type TaggingFailure } from './store/failureList';
import { providerStatus, type ProviderStatuses } from './store/providerStatus';
import { FILE } from './store/taggingFailures';

export type { FailurePage, TaggingFailure } from './store/failureList';
export type { ProviderStatus, ProviderStatuses } from './store/providerStatus';

/** The runs of a dataset, and what each provider has and has not answered. */
export class RunHistory {
  constructor(private readonly door: DatasetDoor) {}

  /** By name; of providers that have answered or failed, and of those named besides. Missing samples do not count. */
  providerStatus(providers: readonly { readonly name: string }[] = []): Promise<ProviderStatuses> {
    return this.door.read((session) => providerStatus(session, providers));
  }

  /** What providers could not answer, and files that nobody can use: those first, then by provider and path. */
  failures(page: FailurePage): Promise<{ total: number; rows: TaggingFailure[] }> {
    return this.door.read((session) => failureList(session, page));
  }

  /** When the next failure of one of these providers, or of a file itself, is due for another try; null for never. */
  nextRetry(providers: readonly string[]): Promise<Date | null> {
    return this.door.read((session) => nextRetry(session, [FILE, ...providers]));
  }
}
