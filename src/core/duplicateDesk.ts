import type { Operation } from '../protocol/tagApi';
import type { DatasetDoor } from './datasetDoor';
import {
  acceptGroups,
  allGroups,
  groupPage,
  removableFiles,
  type DuplicateGroup,
  type GroupPage,
  type GroupPageRequest,
  type RemovableFile,
} from './store/duplicateGroups';
import type { AlikePairs } from './store/duplicates';
import { duplicateSearches, forgetSearch, saveSearch, type DuplicateSearch } from './store/duplicateSearches';
import type { GroupScope } from './store/groupListing';

export { TO_REMOVE } from './store/stageGroups';
export type { DuplicateGroup, DuplicateMember, GroupPage, RemovableFile } from './store/duplicateGroups';
export type { DuplicateSearch } from './store/duplicateSearches';
export type { GroupScope } from './store/groupListing';

export const ALL_GROUPS: GroupScope = { kind: null, leaks: false, open: false, filter: null };

/** Groups of duplicates, what to keep of them, and what may go. */
export class DuplicateDesk {
  constructor(private readonly door: DatasetDoor) {}

  /** A page of groups: those of exact copies first, then the largest. */
  page(scope: GroupScope, page: GroupPageRequest): Promise<GroupPage> {
    return this.door.read((session) => groupPage(session, scope, page));
  }

  /** Every group with all its images. */
  all(scope: GroupScope): Promise<DuplicateGroup[]> {
    return this.door.read((session) => allGroups(session, scope));
  }

  /** Marks all but the one to keep, as one operation. Null when nothing changes. */
  accept(choices: readonly { readonly group: number; readonly keep: number }[]): Promise<Operation | null> {
    return this.door.write((session) => acceptGroups(session, choices), 'tags');
  }

  /** The same for all groups of a scope, keeping the best of each. */
  acceptAll(scope: GroupScope): Promise<Operation | null> {
    return this.door.write(async (session) => {
      const groups = await allGroups(session, scope);
      return acceptGroups(
        session,
        groups.map(({ id, best }) => ({ group: id, keep: best.id })),
      );
    }, 'tags');
  }

  /** The searches by vectors of models that a person has asked for. */
  searches(): Promise<DuplicateSearch[]> {
    return this.door.read(duplicateSearches);
  }

  /** Keeps what a search by a model's vectors has found, and that it was asked for. @param vectors digest of these */
  saveSearch(runId: number, found: AlikePairs, vectors: string): Promise<void> {
    return this.door.write((session) => saveSearch(session, runId, found, vectors));
  }

  /** Forgets what was found by a model's vectors. */
  forget(runId: number, model: string): Promise<void> {
    return this.door.write((session) => forgetSearch(session, runId, model));
  }

  /** Files that may go; `kept`: marked ones of whose group nothing would be left. */
  removable(): Promise<{ files: RemovableFile[]; kept: number }> {
    return this.door.read(removableFiles);
  }
}
