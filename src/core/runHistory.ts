import type { DatasetDoor } from './datasetDoor';

/** The runs of a dataset, and what each provider has and has not answered. */
export class RunHistory {
  constructor(private readonly door: DatasetDoor) {}
}
