import type { DatasetDoor } from './datasetDoor';

/** Suggestions that a person has not decided about yet, and how those decided about turned out. */
export class Review {
  constructor(private readonly door: DatasetDoor) {}
}
