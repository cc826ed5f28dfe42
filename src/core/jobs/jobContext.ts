import type { MapStep } from '../../protocol/mapSettings';
import type { LoadedModel } from '../../protocol/workerApi';
import type { Dataset } from '../dataset';
import type { WorkerClient } from '../workerClient';

/** What a job works with. Whoever starts jobs runs one at a time on a dataset. */
export interface JobContext {
  /** Open for writing. */
  readonly dataset: Dataset;
  readonly worker: WorkerClient;
  /** Workers that images are spread over, `worker` alone by default. */
  readonly analyzers?: readonly WorkerClient[];
  /** Aborting it cancels: the job resolves within a second, with what is committed by then kept. */
  readonly signal: AbortSignal;
  /** Called often; whoever draws it throttles. */
  readonly report: (progress: JobProgress) => void;
  /** Warnings in words, such as a folder that could not be read. */
  readonly log: (line: string) => void;
}

/** `load`: a model is being loaded; its `done` is in percent. */
export type JobStage = 'index' | 'load' | 'tag' | 'embed' | 'project' | 'duplicates';

export interface JobProgress {
  readonly stage: JobStage;
  /** Which step of the map it is; absent in other stages. `done` and `total` are those of the step. */
  readonly step?: MapStep;
  readonly done: number;
  /** 0 while it is not known yet. */
  readonly total: number;
  readonly failed: number;
  /** Images (or steps) a second over the last seconds, null until measured. */
  readonly rate: number | null;
  readonly secondsLeft: number | null;
  /** What the model at work runs on, and why it is not what was asked for; absent while there is none. */
  readonly loaded?: LoadedModel;
}

export interface FailedImage {
  /** Relative to the dataset's folder, with slashes. */
  readonly path: string;
  readonly reason: string;
}

export interface JobOutcome {
  /** Images in the dataset, missing ones not counted. */
  readonly total: number;
  /** Images this run worked on with success; those that were up to date are not among them. */
  readonly processed: number;
  /** Images this run could not use. They do not make the job fail. */
  readonly failed: readonly FailedImage[];
  readonly seconds: number;
  readonly cancelled: boolean;
}
