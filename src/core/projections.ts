import type { MapSettings } from '../protocol/mapSettings';
import type { DatasetDoor } from './datasetDoor';
import { embeddedSamples, embeddingDigest, embeddingRows } from './store/embeddingRows';
import * as projections from './store/projections';

export type { MapState, ProjectionRows } from './store/projections';

/** The maps of a dataset, one for each model that has embedded something, and the vectors they are made of. */
export class Projections {
  constructor(private readonly door: DatasetDoor) {}

  state(model: string): Promise<projections.MapState> {
    return this.door.read((session) => projections.mapState(session, model));
  }

  /** What a person chose for maps of this model, or null. */
  chosenSettings(model: string): Promise<MapSettings | null> {
    return this.door.read((session) => projections.chosenMapSettings(session, model));
  }

  chooseSettings(model: string, settings: MapSettings): Promise<void> {
    return this.door.write((session) => projections.chooseMapSettings(session, model, settings));
  }

  /** Replaces the map by the first picture, which counts as none. */
  saveFirstPicture(model: string, rows: projections.ProjectionRows, settings: MapSettings): Promise<void> {
    return this.door.write((session) => projections.saveProjection(session, model, rows, { ...settings }, true));
  }

  /** Adds points to the map; the others stay where they are, to the bit. */
  place(model: string, rows: projections.ProjectionRows): Promise<void> {
    return this.door.write((session) => projections.placeOnMap(session, model, rows));
  }

  /** x0, y0, x1, y1, …; NaN for samples that are not on the map. @param ids ascending */
  places(model: string, ids: Int32Array): Promise<Float32Array> {
    return this.door.read((session) => projections.placesOf(session, model, ids));
  }

  /** Ids, ascending, of embedded samples that are not missing, and the length of their vectors. */
  embeddedSamples(model: string): Promise<{ ids: Int32Array; length: number }> {
    return this.door.read((session) => embeddedSamples(session, model));
  }

  /** Row-major vectors of a stretch of the `embeddedSamples`. */
  vectors(model: string, ids: Int32Array, length: number): Promise<Float32Array> {
    return this.door.read((session) => embeddingRows(session, model, ids, length));
  }

  /** Changes with the vectors of a stretch of the `embeddedSamples`. */
  digest(model: string, ids: Int32Array): Promise<string> {
    return this.door.read((session) => embeddingDigest(session, model, ids));
  }
}
