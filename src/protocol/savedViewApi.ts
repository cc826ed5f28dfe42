import * as v from 'valibot';
import { GridSort } from './gridSort';
import { MapSettings } from './mapSettings';
import type { Contract } from './rpc';
import { count, nothing } from './viewShapes';

const viewName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));

/** What is written under the thumbnails. */
export const GridColumn = v.picklist(['name', 'tags', 'size', 'status']);
export type GridColumn = v.InferOutput<typeof GridColumn>;

/** How the panel shows the dataset, as it can be saved under a name. */
export const ViewSettings = v.object({
  text: v.string(),
  picks: v.record(v.string(), v.array(v.string())),
  sort: GridSort,
  descending: v.boolean(),
  /** A facet whose values make groups, null for one list. */
  groupBy: v.optional(v.nullable(v.string()), null),
  columns: v.array(GridColumn),
  /** The embedder whose map is shown; null: the one in use. */
  mapModel: v.nullable(v.string()),
  /** With what that map was laid out, as far as it is known. */
  mapSettings: v.optional(v.nullable(MapSettings)),
  colorBy: v.nullable(v.string()),
});
export type ViewSettings = v.InferOutput<typeof ViewSettings>;

export const SavedView = v.object({ id: count, name: v.string(), settings: ViewSettings });
export type SavedView = v.InferOutput<typeof SavedView>;

/** Completion of the filter, and views saved under a name. */
export const savedViewApi = {
  /** What could stand at the cursor. An item replaces the text between `from` and `to`. */
  complete: {
    params: v.object({ text: v.pipe(v.string(), v.maxLength(10_000)), cursor: count }),
    result: v.object({
      from: count,
      to: count,
      items: v.array(
        v.object({
          insert: v.string(),
          label: v.string(),
          /** How many samples, or what it means. */
          detail: v.string(),
          kind: v.picklist(['field', 'value', 'tag', 'file', 'folder', 'keyword']),
        }),
      ),
    }),
  },
  /** `inForce`: the one applied or saved last, however much was changed since. */
  savedViews: { params: nothing, result: v.object({ views: v.array(SavedView), inForce: v.nullable(count) }) },
  /** Filter, selection and the layout of the map are the host's; the rest is told. With `replace` false a name that is taken is refused. */
  saveView: {
    params: v.object({
      name: viewName,
      replace: v.boolean(),
      ...v.omit(ViewSettings, ['text', 'picks', 'mapSettings']).entries,
    }),
    result: SavedView,
  },
  /** Puts its filter and its map in force; the panel takes the rest. */
  applyView: { params: v.object({ id: count }), result: SavedView },
  renameView: { params: v.object({ id: count, name: viewName }), result: nothing },
  deleteView: { params: v.object({ id: count }), result: nothing },
} as const satisfies Contract;
