import type { DatasetDoor } from './datasetDoor';
import { countIssues, setIssueThreshold, type CountedIssue } from './store/qualityIssues';
import { saveUniqueness } from './store/uniqueness';

export type { CountedIssue } from './store/qualityIssues';

/** What is wrong with single images, and what is unlike all others. */
export class QualityDesk {
  constructor(private readonly door: DatasetDoor) {}

  /** The issues with the numbers of all images, and how many have each. */
  issues(): Promise<CountedIssue[]> {
    return this.door.read(countIssues);
  }

  /**
   * Moves the threshold of an issue; null: back to the usual one.
   * @throws UserError `issue-unknown`, `issue-threshold`
   */
  setThreshold(issue: string, threshold: number | null): Promise<void> {
    return this.door.write((session) => setIssueThreshold(session, issue, threshold), 'tags');
  }

  /** Replaces what is known of how unlike all others samples are: mean distances to their nearest neighbors. */
  saveUniqueness(model: string, ids: Int32Array, distances: Float32Array): Promise<void> {
    return this.door.write((session) => saveUniqueness(session, model, ids, distances));
  }
}
