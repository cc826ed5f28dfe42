import type { ColorChoice } from '../protocol/mapApi';
import type { DatasetDoor } from './datasetDoor';
import type { SampleFilter } from './sampleFilter';
import { mapClusters, type MapClusters } from './store/clusters';
import { colorChoices } from './store/colorChoices';
import { pointColors, type PointColors } from './store/pointColors';
import { matchingPoints, points, type MapPoints } from './store/points';

export type { MapClusters } from './store/clusters';
export type { PointColors } from './store/pointColors';
export type { MapPoints } from './store/points';

/** What the map of a model shows. Arrays are kept for the next time: they are not to be written to. */
export class MapDesk {
  constructor(private readonly door: DatasetDoor) {}

  /** All samples, not missing, that have a place, by id. */
  points(model: string): Promise<MapPoints> {
    return this.door.read((session) => points(session, model));
  }

  /** What colours the `points`; `store/pointColors` says what they can be coloured by. */
  colors(model: string, colorBy: string | null): Promise<PointColors> {
    return this.door.read((session) => pointColors(session, model, colorBy));
  }

  /** What they can be coloured by, but for single tags. */
  colorChoices(): Promise<ColorChoice[]> {
    return this.door.read(colorChoices);
  }

  /** Crowds among the `points`, named by what sets them apart. */
  clusters(model: string): Promise<MapClusters> {
    return this.door.read((session) => mapClusters(session, model));
  }

  /** 1 for each of the `points` that passes the filter, else 0. */
  matching(model: string, filter: SampleFilter): Promise<Uint8Array> {
    return this.door.read((session) => matchingPoints(session, model, filter));
  }
}
