import type { AnalysisResult, SampleToAnalyze } from './analysisResult';
import { isWorkerDeath, workerKeepsDying } from './callWithRestarts';

/** Deaths of a worker at this image, with no other in hand: one may be chance (somebody ended the process). */
const DEATHS_ALONE = 2;
/** Deaths before it got to the image, which say nothing about it. */
const MAX_IDLE_DEATHS = 5;
/** So many images in a row that each kill the worker are no fault of the images. */
const MAX_CRASHES_IN_A_ROW = 20;
const COMMIT_AT_A_TIME = 16;

/**
 * Tries samples that were in hand when the worker died one by one, which tells the one that killed it from those that
 * stood beside it.
 */
export class SuspectSamples {
  private readonly results: AnalysisResult[] = [];
  private crashesInARow = 0;

  constructor(
    private readonly analyze: (sample: SampleToAnalyze, onStarted: () => void) => Promise<AnalysisResult[]>,
    private readonly commit: (results: readonly AnalysisResult[]) => Promise<void>,
  ) {}

  async run(samples: readonly SampleToAnalyze[]): Promise<void> {
    for (const sample of samples) {
      const results = await this.tryAlone(sample);
      const crashed = results.some((result) => !result.ok && result.code === 'decoder-crash');
      this.results.push(...results);
      if (crashed || this.results.length >= COMMIT_AT_A_TIME) await this.flush();
    }
    await this.flush();
  }

  private async tryAlone(sample: SampleToAnalyze): Promise<AnalysisResult[]> {
    let cause: unknown;
    let idleDeaths = 0;
    for (let deaths = 0; deaths < DEATHS_ALONE;) {
      let started = false;
      try {
        const results = await this.analyze(sample, () => (started = true));
        this.crashesInARow = 0;
        return results;
      } catch (error) {
        if (!isWorkerDeath(error)) throw error;
        cause = error;
        if (started) deaths++;
        else if (++idleDeaths >= MAX_IDLE_DEATHS) throw workerKeepsDying('starting on images', error);
      }
    }
    if (++this.crashesInARow >= MAX_CRASHES_IN_A_ROW) throw workerKeepsDying('decoding images', cause);
    const message =
      'Decoding this file crashed the image worker each time. It is skipped from now on; save it again with an image editor, or remove it.';
    return [{ ok: false, id: sample.id, code: 'decoder-crash', message }];
  }

  private async flush(): Promise<void> {
    if (this.results.length > 0) await this.commit(this.results.splice(0));
  }
}
