import type { SavedView, ViewSettings } from '../../../src/protocol/savedViewApi';
import type { Filter } from '../../../src/protocol/viewApi';

/** What the panel adds to the filter to make a view of it. */
export type PanelSettings = Omit<ViewSettings, 'text' | 'picks'>;

/** The view that was put in force last, and whether something was changed since. */
export interface ViewInForce {
  readonly view: SavedView;
  readonly isModified: boolean;
}

/** Null when none was chosen, when it is no more, and when its filter was taken back altogether. */
export function viewInForce(
  views: readonly SavedView[],
  id: number | null,
  filter: Pick<Filter, 'text' | 'picks'>,
  settings: PanelSettings,
): ViewInForce | null {
  const view = views.find((each) => each.id === id);
  if (!view) return null;
  const now: ViewSettings = { ...settings, text: filter.text, picks: filter.picks };
  if (isUnfiltered(now) && !isUnfiltered(view.settings)) return null;
  return { view, isModified: !sameSettings(view.settings, now) };
}

/** A map that is not told (yet) is no difference. The order of picks and of columns tells nothing. */
export function sameSettings(a: ViewSettings, b: ViewSettings): boolean {
  return (
    a.text.trim() === b.text.trim() &&
    picksText(a) === picksText(b) &&
    a.sort === b.sort &&
    a.descending === b.descending &&
    a.groupBy === b.groupBy &&
    sorted(a.columns) === sorted(b.columns) &&
    (a.mapModel === null || b.mapModel === null || a.mapModel === b.mapModel) &&
    a.colorBy === b.colorBy
  );
}

function isUnfiltered(settings: ViewSettings): boolean {
  return settings.text.trim() === '' && picksText(settings) === '[]';
}

function picksText({ picks }: ViewSettings): string {
  const entries = Object.entries(picks).filter(([, values]) => values.length > 0);
  return JSON.stringify(entries.map(([dimension, values]) => [dimension, sorted(values)]).sort());
}

function sorted(values: readonly string[]): string {
  return JSON.stringify([...values].sort());
}

/** "tag:dark, lighting: dark or dim, by sharpness": what a view shows, for its tooltip. */
export function describeView({ text, picks, sort, descending, groupBy }: ViewSettings): string {
  const parts = Object.entries(picks).flatMap(([dimension, values]) =>
    values.length > 0 ? [`${dimension}: ${values.join(' or ')}`] : [],
  );
  if (text.trim() !== '') parts.unshift(text.trim());
  if (parts.length === 0) parts.push('all images');
  const grouped = groupBy === null ? '' : `, grouped by ${groupBy}`;
  return `${parts.join(', ')}, by ${sort}${descending ? ', descending' : ''}${grouped}`;
}
