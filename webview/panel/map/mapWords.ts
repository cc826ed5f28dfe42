import type { MapTool } from './mapGestures';

/** What dragging does, as it is announced. */
export const TOOL_WORDS: Readonly<Record<MapTool, string>> = {
  pan: 'Drag to move the map',
  lasso: 'Lasso: drag around points',
  rectangle: 'Rectangle: drag across points',
};

/** "1 point", "1,797 points". */
export function pointCount(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'point' : 'points'}`;
}

/** How many points pass the filter, in words; `passing` null when there is no filter. */
export function passingWords(passing: number | null, count: number): string {
  return passing === null ? pointCount(count) : `${passing.toLocaleString('en')} of ${pointCount(count)} selected`;
}

/** How a point is announced; `point` counts from 0. */
export function pointWords(point: number, count: number, label: string | null): string {
  return `Point ${(point + 1).toLocaleString('en')} of ${pointCount(count)}${label ? `, ${label}` : ''}`;
}
