import type { DatasetDoor } from './datasetDoor';

/** The policy of a dataset, and how names of models become tags. */
export class PolicyDesk {
  constructor(private readonly door: DatasetDoor) {}
}
