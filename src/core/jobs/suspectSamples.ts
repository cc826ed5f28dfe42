import type { Result, SampleInHand, Success } from './analysisResult';
import { isWorkerDeath, workerKeepsDying } from './callWithRestarts';

/** Deaths of a worker at this image, with no other in hand: one may be chance (somebody ended the process). */
const DEATHS_ALONE = 2;
/** Deaths before it got to the image, which say nothing about it. */
const MAX_IDLE_DEATHS = 5;
const COMMIT_AT_A_TIME = 16;

/** How a worker's deaths are laid to images. */
export interface Blame {
  readonly code: 'decoder-crash' | 'model-crash';
  /** Why an image that kills the worker is skipped, in words. */
  readonly message: string;
  /** So many images in a row that each kill the worker are no fault of the images. */
  readonly mostInARow: number;
  /** What is to be said then. */
  readonly giveUp: (cause: unknown) => Error;
}

/**
 * Tries samples that were in hand when the worker died one by one, which tells the one that killed it from those that
 * stood beside it.
 */
export class SuspectSamples<R extends Success> {
  private readonly results: Result<R>[] = [];
  private crashesInARow = 0;

  constructor(
    private readonly blame: Blame,
    private readonly ask: (sample: SampleInHand, onStarted: () => void) => Promise<Result<R>[]>,
    private readonly commit: (results: readonly Result<R>[]) => Promise<void>,
  ) {}

  /** An image is blamed only once another has passed after it, or there are no more. */
  async run(samples: readonly SampleInHand[]): Promise<void> {
    for (const sample of samples) {
      const blamedSome = this.crashesInARow > 0;
      this.results.push(...(await this.tryAlone(sample)));
      const passed = this.crashesInARow === 0;
      if (passed && (blamedSome || this.results.length >= COMMIT_AT_A_TIME)) await this.flush();
    }
    await this.flush();
  }

  private async tryAlone(sample: SampleInHand): Promise<Result<R>[]> {
    let cause: unknown;
    let idleDeaths = 0;
    for (let deaths = 0; deaths < DEATHS_ALONE;) {
      let started = false;
      try {
        const results = await this.ask(sample, () => (started = true));
        this.crashesInARow = 0;
        return results;
      } catch (error) {
        if (!isWorkerDeath(error)) throw error;
        cause = error;
        if (started) deaths++;
        else if (++idleDeaths >= MAX_IDLE_DEATHS) throw workerKeepsDying('starting on images', error);
      }
    }
    if (++this.crashesInARow >= this.blame.mostInARow) throw this.blame.giveUp(cause);
    return [{ ok: false, id: sample.id, code: this.blame.code, message: this.blame.message }];
  }

  private async flush(): Promise<void> {
    if (this.results.length > 0) await this.commit(this.results.splice(0));
  }
}
