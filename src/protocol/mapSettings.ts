import * as v from 'valibot';

/** How far apart two vectors are. */
export const MapMetric = v.picklist(['cosine', 'euclidean']);
export type MapMetric = v.InferOutput<typeof MapMetric>;

/** What a person can choose of a map's layout. */
export const MapSettings = v.object({
  /** UMAP's n_neighbors: larger ones show the whole, smaller ones the detail. */
  neighbors: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(200)),
  /** UMAP's min_dist: how close points may lie. */
  minDistance: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  metric: MapMetric,
});
export type MapSettings = v.InferOutput<typeof MapSettings>;

export const DEFAULT_MAP_SETTINGS: MapSettings = { neighbors: 15, minDistance: 0.1, metric: 'cosine' };

export function sameMapSettings(a: MapSettings, b: MapSettings): boolean {
  return a.neighbors === b.neighbors && a.minDistance === b.minDistance && a.metric === b.metric;
}

/** What a map goes through, in this order; `place` alone where new images go into a map that stays. */
export const MapStep = v.picklist(['read', 'reduce', 'neighbors', 'graph', 'layout', 'place']);
export type MapStep = v.InferOutput<typeof MapStep>;
