import type { Filter } from '../../src/protocol/viewApi';

/** Whether the filter leaves anything out. */
export function hasFilter({ picks, text, selection }: Filter): boolean {
  return text.trim() !== '' || selection !== null || Object.values(picks).some((values) => values.length > 0);
}

/** What a selection is called, by where it came from. */
export const SELECTION_NAMES: Record<NonNullable<Filter['selection']>['source'], string> = {
  map: 'Selected on the map',
  grid: 'Selected in the grid',
  similar: 'Similar images',
  duplicates: 'Duplicates',
  text: 'Found by text',
};
