import type { DatasetDoor } from './datasetDoor';

/** Search with suggestions, and saved views. */
export class Search {
  constructor(private readonly door: DatasetDoor) {}
}
