import type { SavedView, ViewSettings } from '../protocol/savedViewApi';
import type { DatasetDoor } from './datasetDoor';
import type { FilterExpression } from './filter/filterExpression';
import { complete, type Completion } from './store/completion';
import { matchedTags } from './store/matchedTags';
import { deleteView, renameView, savedViews, saveView } from './store/savedViews';

export type { Completion } from './store/completion';

/** Search with suggestions, and saved views. */
export class Search {
  constructor(private readonly door: DatasetDoor) {}

  /** What could stand at the cursor of a filter, however unfinished it is: at most 20 items, the best first. */
  complete(text: string, cursor: number): Promise<Completion> {
    return this.door.read((session) => complete(session, text, cursor));
  }

  /** Of each list of tags those that the filter asks for, by words or by fields. */
  matchedTags(expression: FilterExpression | null, lists: readonly (readonly string[])[]): Promise<string[][]> {
    return this.door.read((session) => matchedTags(session, expression, lists));
  }

  /** By name. Rows that this version cannot understand are left out. */
  savedViews(): Promise<SavedView[]> {
    return this.door.read(savedViews);
  }

  /**
   * Saves under a name, whose case does not matter. With `replace` a view of that name gets these settings.
   * @throws UserError `view-exists` without `replace`, `view-name` for a name that is empty or too long.
   */
  saveView(name: string, settings: ViewSettings, replace: boolean): Promise<SavedView> {
    return this.door.write((session) => saveView(session, name, settings, replace), 'tags');
  }

  /** @throws UserError `view-exists`, `view-name`, `view-missing`. */
  renameView(id: number, name: string): Promise<void> {
    return this.door.write((session) => renameView(session, id, name), 'tags');
  }

  /** A view that is gone already is no error. */
  deleteView(id: number): Promise<void> {
    return this.door.write((session) => deleteView(session, id), 'tags');
  }
}
