import type { LoadedModel } from '../../protocol/workerApi';
import type { MapStep } from '../../protocol/mapSettings';
import type { JobContext, JobStage } from './jobContext';

/** The rate is that of the last seconds, so that it follows when small images give way to large ones. */
const WINDOW_MS = 8000;
/** A rate over less than this says little. */
const LEAST_MS = 400;
const MARK_MS = 100;

/** Counts what a stage has done and reports it with its moving rate and the seconds left. */
export class ProgressMeter {
  done = 0;
  failed = 0;
  /** The model at work, for stages that have one. */
  loaded: LoadedModel | null = null;
  private readonly marks: { at: number; done: number }[] = [{ at: performance.now(), done: 0 }];

  /** @param total 0 while it is not known yet */
  constructor(
    private readonly context: Pick<JobContext, 'report'>,
    private readonly stage: JobStage,
    public total: number,
    /** Which step of the map it is, for the stage `project`. */
    private readonly step: MapStep | null = null,
  ) {
    this.report();
  }

  /** @param failed how many of the `done` ones failed */
  add(done: number, failed = 0): void {
    this.done += done;
    this.failed += failed;
    this.mark();
    this.report();
  }

  /** Sets how many are done, for stages that know a fraction. */
  set(done: number): void {
    this.add(done - this.done);
  }

  report(): void {
    const rate = this.rate();
    const left = this.total - this.done;
    const secondsLeft = rate !== null && rate > 0 && this.total > 0 ? Math.max(0, left) / rate : null;
    const { stage, step, done, total, failed, loaded } = this;
    this.context.report({
      ...{ stage, done, total, failed, rate, secondsLeft },
      ...(step && { step }),
      ...(loaded && { loaded }),
    });
  }

  private mark(): void {
    const at = performance.now();
    const before = this.marks.at(-2);
    if (before && at - before.at < MARK_MS) this.marks.pop();
    this.marks.push({ at, done: this.done });
    while (this.marks.length > 2 && at - this.marks[0].at > WINDOW_MS) this.marks.shift();
  }

  private rate(): number | null {
    const first = this.marks[0];
    const last = this.marks.at(-1)!;
    const elapsed = last.at - first.at;
    return elapsed < LEAST_MS ? null : (1000 * (last.done - first.done)) / elapsed;
  }
}
