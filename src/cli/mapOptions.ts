import { MapMetric, type MapSettings } from '../protocol/mapSettings';
import { usage } from './commandArguments';

export const MAP_OPTIONS = {
  neighbors: { type: 'string' },
  'min-distance': { type: 'string' },
  metric: { type: 'string' },
  refit: { type: 'boolean' },
} as const;

/** What a call of `project` says about the map. */
export interface MapCommandLine {
  /** What is not named stays as it was chosen last. */
  readonly settings: Partial<MapSettings>;
  readonly refit: boolean;
}

interface Values {
  readonly neighbors?: string;
  readonly 'min-distance'?: string;
  readonly metric?: string;
  readonly refit?: boolean;
}

/** @throws UserError 'usage' */
export function mapOptions({ neighbors, 'min-distance': minDistance, metric, refit = false }: Values): MapCommandLine {
  const settings: Partial<MapSettings> = {
    ...(neighbors !== undefined && { neighbors: neighborsIn(neighbors) }),
    ...(minDistance !== undefined && { minDistance: minDistanceIn(minDistance) }),
    ...(metric !== undefined && { metric: metricIn(metric) }),
  };
  return { settings, refit };
}

function neighborsIn(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 2 && number <= 200) return number;
  throw usage(`--neighbors needs a number from 2 to 200, not "${text}".`);
}

function minDistanceIn(text: string): number {
  const number = Number(text);
  if (/^\d*\.?\d+$/.test(text) && number <= 1) return number;
  throw usage(`--min-distance needs a number from 0 to 1, not "${text}".`);
}

function metricIn(text: string): MapMetric {
  const metric = MapMetric.options.find((known) => known === text);
  if (metric) return metric;
  throw usage(`--metric is one of ${MapMetric.options.join(', ')}, not "${text}".`);
}
