import type { DatasetDoor } from './datasetDoor';

/** Tags by hand: decisions, with undo and redo, and changes of a tag in the whole dataset. */
export class Tagging {
  constructor(private readonly door: DatasetDoor) {}
}
