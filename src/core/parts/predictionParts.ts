import type { DatasetDoor } from '../datasetDoor';
import { exportPart } from '../store/exportPart';

/** What models said as files, for work that is spread over machines. */
export class PredictionParts {
  constructor(private readonly door: DatasetDoor) {}

  /**
   * Writes all that the only run of a model said into a parquet file.
   * @param file is overwritten; not atomic, see `PartFile`
   */
  write(model: string, file: string): Promise<void> {
    return this.door.read((session) => exportPart(session, model, file));
  }
}
