import type { JobOutcome } from '../core/jobs/jobContext';

/** What a model on this machine did in a run, by its title. */
export interface ModelShare {
  readonly title: string;
  readonly processed: number;
  /** What it really ran on, in words; null when nothing was left to ask it. */
  readonly device: string | null;
  /** Why it did not run as asked for, or null. */
  readonly fallback: string | null;
}

/** What a remote provider did in a run, by its title. */
export interface RemoteShare {
  readonly title: string;
  readonly host: string;
  readonly processed: number;
  /** In US dollars, an upper bound. */
  readonly spent: number;
  /** Whether it is known what an image costs. */
  readonly isPriced: boolean;
  /** Most that the run may spend, in US dollars; null for no bound. */
  readonly budget: number | null;
  /** `declined`: the person did not agree to sending; `nothing`: there was nothing left to ask. */
  readonly end: 'done' | 'budget' | 'declined' | 'nothing';
}

export interface RunResult {
  readonly outcome: JobOutcome;
  /** What each model did that was asked, in the order in which they were. */
  readonly shares: readonly (ModelShare | RemoteShare)[];
}
