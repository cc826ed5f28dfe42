import type { DatasetDoor } from './datasetDoor';
import { rehearse } from './rehearse';
import { failureList, nextRetry, type FailurePage, type TaggingFailure } from './store/failureList';
import { providerStatus, type ProviderStatuses } from './store/providerStatus';
import { runList, type RunListRow, type RunPage } from './store/runList';
import { FILE } from './store/taggingFailures';
import { restoreRun, undoRun } from './store/undoRun';
import { undoAndTell, type UndoRunPreview } from './store/undoRunPreview';

export type { FailurePage, TaggingFailure } from './store/failureList';
export type { ProviderStatus, ProviderStatuses } from './store/providerStatus';
export type { RunListRow } from './store/runList';
export type { UndoRunPreview } from './store/undoRunPreview';

/** The runs of a dataset, and what each provider has and has not answered. */
export class RunHistory {
  constructor(private readonly door: DatasetDoor) {}

  /** The last one first. */
  list(page: RunPage): Promise<{ total: number; runs: RunListRow[] }> {
    return this.door.read((session) => runList(session, page));
  }

  /** What `undo` would do. @throws UserError as `undo` */
  previewUndo(id: number): Promise<UndoRunPreview> {
    return rehearse(this.door, (session) => undoAndTell(session, id));
  }

  /**
   * Takes back what a run of a model said: what it had replaced holds again. Decisions stay.
   * @throws UserError `run-under-way`, `run-unknown`, `run-kept`, `read-only`
   */
  undo(id: number): Promise<void> {
    return this.door.write((session) => undoRun(session, id));
  }

  /** Has an undone run hold again. @throws UserError as `undo` */
  restore(id: number): Promise<void> {
    return this.door.write((session) => restoreRun(session, id));
  }

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
