import type * as v from 'valibot';
import type { DecideAction, Operation, tagApi, TagChange } from '../protocol/tagApi';
import type { DatasetDoor } from './datasetDoor';
import type { SampleScope } from './sampleScope';
import { changeTags } from './store/changeTags';
import { decide, decideEach, type SingleDecisions } from './store/decisions';
import { decisionBatch, type DecisionRow } from './store/decisionLog';
import { history, redo, undo } from './store/operations';
import { tagList } from './store/tagList';
import { suggestTags } from './store/tagSuggestions';
import { previewTagChange } from './store/tagChangePreview';
import { tagsOf } from './store/tagsOf';

type Api = typeof tagApi;
type Params<M extends keyof Api> = v.InferOutput<Api[M]['params']>;
type Result<M extends keyof Api> = v.InferOutput<Api[M]['result']>;

export type TagSuggestions = Result<'suggestTags'>;
export type TagUse = Result<'tagsOf'>;
export type OperationHistory = Result<'history'>;
export type TagListQuery = Params<'tagList'>;
export type TagList = Result<'tagList'>;
export type TagChangePreview = Result<'previewTagChange'>;

/** Tags by hand: decisions, with undo and redo, and changes of a tag in the whole dataset. */
export class Tagging {
  constructor(private readonly door: DatasetDoor) {}

  /** Tags that begin with, contain or nearly are what was typed, the best first. */
  suggest(text: string, limit: number): Promise<TagSuggestions> {
    return this.door.read((session) => suggestTags(session, text, limit));
  }

  /** Tags that some of these samples have, the most frequent first. */
  tagsOf(scope: SampleScope): Promise<TagUse> {
    return this.door.read((session) => tagsOf(session, scope));
  }

  /**
   * Records what a person said of these tags on each of the samples, as one operation. Null when nothing changes by it.
   * @param dimension null: that which the tag has
   * @throws UserError `tag-name` for a new name that cannot be one
   */
  decide(
    scope: SampleScope,
    tags: readonly string[],
    action: DecideAction,
    dimension: string | null = null,
  ): Promise<Operation | null> {
    return this.door.write((session) => decide(session, scope, tags, action, dimension), 'tags');
  }

  /** Approves and rejects single suggestions, as one operation. Null when nothing changes by it. */
  decideEach(decisions: SingleDecisions): Promise<Operation | null> {
    return this.door.write((session) => decideEach(session, decisions), 'tags');
  }

  /** What undo and redo would do now. */
  history(): Promise<OperationHistory> {
    return this.door.read(history);
  }

  /** Takes back the last operation. Null when there is none. */
  undo(): Promise<Operation | null> {
    return this.door.write(undo, 'tags');
  }

  /** Does again what was taken back last. Null when there is nothing. */
  redo(): Promise<Operation | null> {
    return this.door.write(redo, 'tags');
  }

  /** The tags of the dataset, for looking after them. */
  tagList(query: TagListQuery): Promise<TagList> {
    return this.door.read((session) => tagList(session, query));
  }

  /** What `change` would do. */
  previewChange(change: TagChange): Promise<TagChangePreview> {
    return this.door.read((session) => previewTagChange(session, change));
  }

  /**
   * Renames, merges or deletes tags in the whole dataset. Null when nothing changes by it.
   * @throws UserError `tag-change` with what `previewChange` calls the problem
   */
  change(change: TagChange): Promise<Operation | null> {
    return this.door.write((session) => changeTags(session, change), 'tags');
  }

  /** Every decision there is, in the order in which they were made. Other operations may run between two batches. */
  async *decisionLog(): AsyncIterable<readonly DecisionRow[]> {
    for (let after = 0; ;) {
      const rows = await this.door.read((session) => decisionBatch(session, after));
      if (rows.length === 0) return;
      yield rows;
      after = rows[rows.length - 1].id;
    }
  }
}
