import type { JobProgress, JobStage } from '../core/jobs/jobContext';
import { describeMapStep } from '../protocol/runStage';
import { count, duration } from './words';

const REDRAW_MS = 100;
const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\u001b[K';

const STAGES: Readonly<Record<JobStage, string>> = {
  index: 'Indexing',
  load: 'Loading',
  tag: 'Tagging',
  embed: 'Embedding',
  project: 'Mapping',
  duplicates: 'Looking for duplicates',
};

/** What the bar writes to: the terminal's stderr. */
export type BarOutput = Pick<NodeJS.WriteStream, 'write'> & Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>>;

/** One line on a terminal that shows how far a job is; on anything else it only passes messages on. */
export class ProgressBar {
  private drawn = false;
  private drawnAt = -Infinity;
  private line = '';
  private stage: JobStage | undefined;
  private readonly onTerminal: boolean;

  constructor(private readonly output: BarOutput) {
    this.onTerminal = output.isTTY === true && process.env['TERM'] !== 'dumb';
  }

  show(progress: JobProgress): void {
    if (!this.onTerminal) return;
    this.line = progressLine(progress);
    const now = performance.now();
    // The last state of a stage is drawn in any case, so that it does not seem to end half way.
    if (progress.stage === this.stage && now - this.drawnAt < REDRAW_MS && progress.done < progress.total) return;
    this.stage = progress.stage;
    this.drawnAt = now;
    this.draw();
  }

  /** Shows the line of a work that is no job, such as a download. */
  showLine(line: string): void {
    if (!this.onTerminal) return;
    this.line = line;
    const now = performance.now();
    if (now - this.drawnAt < REDRAW_MS) return;
    this.drawnAt = now;
    this.draw();
  }

  /** Writes a line of its own above the bar. */
  message(text: string): void {
    const wasDrawn = this.drawn;
    this.clear();
    this.output.write(`${text}\n`);
    if (wasDrawn) this.draw();
  }

  clear(): void {
    if (this.drawn) this.output.write(CLEAR_LINE);
    this.drawn = false;
  }

  private draw(): void {
    this.output.write(CLEAR_LINE + this.line.slice(0, (this.output.columns ?? 80) - 1));
    this.drawn = true;
  }
}

/** For example `Tagging    ████████░░░░  1,200 of 2,400  50 %  210/s  6 s left  2 failed`. */
export function progressLine({ stage, step, done, total, failed, rate, secondsLeft, loaded }: JobProgress): string {
  const parts = [(step ? describeMapStep(step) : STAGES[stage]).padEnd(9)];
  if (total > 0) {
    const share = Math.min(1, done / total);
    const filled = Math.round(BAR_WIDTH * share);
    parts.push('█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled));
    if (stage !== 'load') parts.push(`${count(done)} of ${count(total)}`); // that is in percent anyway
    parts.push(`${Math.floor(100 * share)} %`);
  } else if (done > 0) {
    parts.push(count(done));
  }
  if (rate !== null) parts.push(`${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`);
  if (secondsLeft !== null && done < total) parts.push(`${duration(secondsLeft)} left`);
  if (failed > 0) parts.push(`${count(failed)} failed`);
  if (loaded && stage !== 'load') parts.push(`on ${loaded.device}`);
  return parts.join('  ');
}
