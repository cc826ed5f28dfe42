import type { Analysis } from '../../protocol/workerApi';
import type { AnalysisFailure } from '../dataset';

/** A sample that a worker is to look at. */
export interface SampleInHand {
  readonly id: number;
  /** Relative to the dataset's folder. */
  readonly path: string;
  readonly mtimeMs: number;
}

/** What a worker said of a sample, when it could be used. */
export interface Success {
  readonly ok: true;
  readonly id: number;
}

export type Result<R extends Success> = R | AnalysisFailure;

export type AnalysisResult = Result<Analysis>;
