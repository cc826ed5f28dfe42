import { sameMapSettings, type MapSettings } from '../../protocol/mapSettings';
import type { MapState } from '../projections';

/** What is to be done to a map: nothing, put in what is new and leave the rest where it is, or lay all out anew. */
export type MapPlan = 'nothing' | 'place' | 'layOut';

/** Past this share of images that came after the layout it no longer knows what there is. */
export const MOST_PLACED = 0.2;

/** @param refit whether a person asks for a new layout */
export function planMap(state: MapState, settings: MapSettings, refit: boolean): MapPlan {
  const { provisional, laidOut, placed, present, waiting } = state;
  if (present + waiting === 0) return 'nothing';
  const fits = state.settings !== null && !provisional && sameMapSettings(state.settings, settings);
  if (refit || !fits || present === 0) return 'layOut';
  if (waiting === 0) return 'nothing';
  return placed + waiting > MOST_PLACED * laidOut ? 'layOut' : 'place';
}
