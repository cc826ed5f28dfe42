import type { DatasetDoor } from './datasetDoor';
import type { SampleFilter } from './sampleFilter';
import {
  meanVector,
  passing,
  rankSamples,
  vectorIds,
  vectorSet,
  vectorsOf,
  type Ranking,
  type SimilarityTarget,
  type VectorSet,
} from './store/similarity';

export type { Ranking, SimilarityTarget, VectorSet } from './store/similarity';

/** What the database knows of likeness: vectors of samples, and the exact answer to what is most alike. */
export class Similarity {
  constructor(private readonly door: DatasetDoor) {}

  /** The direction that the vectors of these samples have in common, one long; null where there is none. */
  meanVector(ids: Int32Array, model: string): Promise<Float32Array | null> {
    return this.door.read((session) => meanVector(session, ids, model));
  }

  /** The `limit` samples that pass the filter and are most alike by cosine, exactly: every vector is looked at. */
  rank(target: SimilarityTarget, filter: SampleFilter, limit: number): Promise<Ranking> {
    return this.door.read((session) => rankSamples(session, target, filter, limit));
  }

  /** How many vectors of a model there are, and which state of them that is. */
  vectorSet(model: string): Promise<VectorSet> {
    return this.door.read((session) => vectorSet(session, model));
  }

  /** The samples of the vector set, in ascending order. */
  vectorIds(model: string): Promise<Int32Array> {
    return this.door.read((session) => vectorIds(session, model));
  }

  /** The vectors of samples one after the other, `ids` ascending; zeros where one has none of this length. */
  vectorsOf(model: string, ids: Int32Array, length: number): Promise<Float32Array> {
    return this.door.read((session) => vectorsOf(session, model, ids, length));
  }

  /** 1 for each of `ids`, ascending, that passes the filter, else 0. */
  passing(filter: SampleFilter, ids: Int32Array): Promise<Uint8Array> {
    return this.door.read((session) => passing(session, filter, ids));
  }
}
