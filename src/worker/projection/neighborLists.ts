/** No neighbor yet. */
export const NO_NEIGHBOR = -1;

/** For each of `count` points the `size` nearest ones found so far, nearest first, with squared distances. */
export class NeighborLists {
  readonly ids: Int32Array;
  readonly distances: Float32Array;
  /** 1 for neighbors that the search has not yet looked around. */
  readonly fresh: Uint8Array;

  constructor(
    readonly count: number,
    readonly size: number,
  ) {
    this.ids = new Int32Array(count * size).fill(NO_NEIGHBOR);
    this.distances = new Float32Array(count * size).fill(Infinity);
    this.fresh = new Uint8Array(count * size);
  }

  /** Distance beyond which `offer` takes nothing more for this point. */
  farthest(point: number): number {
    return this.distances[(point + 1) * this.size - 1];
  }

  /** Notes a neighbor when it is near enough and new. @returns 1 when it was taken, else 0. */
  offer(point: number, neighbor: number, distance: number): number {
    const { ids, distances, fresh } = this;
    const start = point * this.size;
    let at = start + this.size - 1;
    if (distance >= distances[at]) return 0;
    for (let i = start; i <= at; i++) if (ids[i] === neighbor) return 0;
    while (at > start && distances[at - 1] > distance) {
      distances[at] = distances[at - 1];
      ids[at] = ids[at - 1];
      fresh[at] = fresh[at - 1];
      at--;
    }
    distances[at] = distance;
    ids[at] = neighbor;
    fresh[at] = 1;
    return 1;
  }
}
