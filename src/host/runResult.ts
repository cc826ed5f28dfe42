import type { JobOutcome } from '../core/jobs/jobContext';

/** What a model did in a run, by its title. */
export interface ModelShare {
  readonly title: string;
  readonly processed: number;
  /** What it really ran on, in words; null when nothing was left to ask it. */
  readonly device: string | null;
  /** Why it did not run as asked for, or null. */
  readonly fallback: string | null;
}

export interface RunResult {
  readonly outcome: JobOutcome;
  /** What the model did, if one was asked. */
  readonly share: ModelShare | null;
}
