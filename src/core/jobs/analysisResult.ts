import type { Analysis } from '../../protocol/workerApi';
import type { AnalysisFailure } from '../dataset';

export interface SampleToAnalyze {
  readonly id: number;
  /** Relative to the dataset's folder. */
  readonly path: string;
  readonly mtimeMs: number;
}

export type AnalysisResult = Analysis | AnalysisFailure;
