import * as v from 'valibot';
import { GridColumn, type ViewSettings } from '../../src/protocol/savedViewApi';
import { GridSort } from '../../src/protocol/gridSort';
import { PanelTabName } from '../../src/protocol/viewApi';

export const SMALLEST_CELL = 64;
export const LARGEST_CELL = 320;

const within = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));

const PanelState = v.object({
  tab: v.fallback(PanelTabName, 'images'),
  /** The last request for a tab that was followed (see `ViewState.shown`). */
  tabRequest: v.fallback(v.number(), 0),
  /** `relevance`, where the filter has words; by path where it has none. */
  sort: v.fallback(GridSort, 'relevance'),
  descending: v.fallback(v.boolean(), false),
  /** A facet whose values make groups, null for one list. */
  groupBy: v.fallback(v.nullable(v.string()), null),
  /** The order that was chosen for an answer to "what is similar", and for which; null: the best first. */
  rankedOrder: v.fallback(
    v.nullable(
      v.object({ request: v.number(), sort: GridSort, descending: v.boolean(), groupBy: v.nullable(v.string()) }),
    ),
    null,
  ),
  /** What is written under the thumbnails. */
  columns: v.fallback(v.array(GridColumn), ['name']),
  /** Least width of a grid cell in CSS pixels. */
  cellSize: v.fallback(within(SMALLEST_CELL, LARGEST_CELL), 128),
  /** Share of the panel that the grid has, the map has the rest. */
  split: v.fallback(within(0.1, 0.9), 0.55),
  /** Dimension that colours the map, null for none. */
  colorBy: v.fallback(v.nullable(v.string()), 'lighting'),
  /** The image whose details are shown. */
  openId: v.fallback(v.nullable(v.number()), null),
  /** The first image in sight. */
  firstIndex: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  /** The dataset that `openId` and `firstIndex` belong to. */
  dataset: v.fallback(v.nullable(v.string()), null),
});

/** What the panel remembers when its page is thrown away and rebuilt; the rest is the host's. */
export type PanelState = v.InferOutput<typeof PanelState>;

/** What of it a saved view keeps, beside the filter. */
export type ShownSettings = Omit<ViewSettings, 'text' | 'picks'>;

/** Takes whatever was saved, by this version or another; each part that it cannot understand becomes its default. */
export function readPanelState(saved: unknown): PanelState {
  const isObject = typeof saved === 'object' && saved !== null;
  return v.parse(PanelState, { ...emptyState, ...(isObject ? saved : {}) });
}

const emptyState: Record<keyof PanelState, undefined> = {
  tab: undefined,
  tabRequest: undefined,
  sort: undefined,
  descending: undefined,
  groupBy: undefined,
  rankedOrder: undefined,
  columns: undefined,
  cellSize: undefined,
  split: undefined,
  colorBy: undefined,
  openId: undefined,
  firstIndex: undefined,
  dataset: undefined,
};
