import { join } from 'node:path';
import { thumbnailPath } from '../thumbnailPath';
import type { AnalysisResult, SampleToAnalyze } from './analysisResult';
import { BatchSize } from './batchSize';
import { isWorkerDeath, workerKeepsDying } from './callWithRestarts';
import type { WorkerClient } from '../workerClient';
import type { JobContext } from './jobContext';
import type { ProgressMeter } from './progressMeter';
import { SuspectSamples } from './suspectSamples';
import type { Tally } from './recordRun';

export interface AnalyzeSettings {
  readonly runId: number;
  readonly provider: string | null;
  readonly embedder: string | null;
  /** Time without a sign from the worker after which it counts as hanging; two minutes by default. */
  readonly stallMs?: number;
}

/** Calls under way at a time for each worker: it has the next batch at hand when it ends one. */
const LANES = 2;
/** Times in a row that the worker may die before it started on any image. */
const MAX_IDLE_DEATHS = 5;

/**
 * Has samples analysed by the worker and commits what it says, batch by batch, while it works on. When the worker
 * dies, a new one goes on with the others; the images it had started on are tried one by one at the end.
 */
export async function analyzeSamples(
  context: JobContext,
  samples: readonly SampleToAnalyze[],
  settings: AnalyzeSettings,
  tally: Tally,
  meter: ProgressMeter,
): Promise<void> {
  const work = new AnalyzeWork(context, samples, settings, tally, meter);
  await work.run();
}

class AnalyzeWork {
  private readonly queue: SampleToAnalyze[];
  private readonly suspects: SampleToAnalyze[] = [];
  private readonly batchSize = new BatchSize();
  /** Aborted by the job's signal and by the first lane that fails, so that the others stop too. */
  private readonly stop = new AbortController();
  private idleDeaths = 0;

  constructor(
    private readonly context: JobContext,
    samples: readonly SampleToAnalyze[],
    private readonly settings: AnalyzeSettings,
    private readonly tally: Tally,
    private readonly meter: ProgressMeter,
  ) {
    this.queue = [...samples].reverse(); // so that taking from its front is taking from the array's end
  }

  async run(): Promise<void> {
    const { signal } = this.context;
    signal.throwIfAborted();
    const onAbort = () => this.stop.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await this.runLanes();
      const suspects = new SuspectSamples(
        (sample, onStarted) => this.analyze(this.context.worker, [sample], onStarted),
        (results) => this.commit(this.suspects, results, []),
      );
      await suspects.run(this.suspects);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  private async runLanes(): Promise<void> {
    const { worker, analyzers = [worker] } = this.context;
    const lane = (of: WorkerClient) => this.runLane(of).catch((error: unknown) => this.stop.abort(error));
    await Promise.all(analyzers.flatMap((of) => Array.from({ length: LANES }, () => lane(of))));
    this.stop.signal.throwIfAborted(); // its reason is what came first; the other lanes only followed
  }

  private async runLane(worker: WorkerClient): Promise<void> {
    let committed = Promise.resolve();
    let batch = this.take();
    if (batch.length > 0) await this.commit(batch, [], batch);
    try {
      while (batch.length > 0) {
        const results = await this.analyzeBatch(worker, batch);
        await committed;
        const next = this.take();
        committed = this.commit(batch, results, next); // the worker goes on meanwhile
        committed.catch((error: unknown) => this.stop.abort(error));
        batch = next;
      }
    } finally {
      await committed;
    }
  }

  private take(): SampleToAnalyze[] {
    const count = Math.min(this.batchSize.next, this.queue.length);
    return this.queue.splice(this.queue.length - count, count).reverse();
  }

  /** Results of what could be done; what was in hand when the worker died is put where it is taken up later. */
  private async analyzeBatch(worker: WorkerClient, batch: readonly SampleToAnalyze[]): Promise<AnalysisResult[]> {
    const started = new Set<number>();
    const startedAt = performance.now();
    try {
      const results = await this.analyze(worker, batch, (id) => started.add(id));
      this.batchSize.learn(batch.length, performance.now() - startedAt);
      this.idleDeaths = 0;
      return results;
    } catch (error) {
      if (!isWorkerDeath(error)) throw error;
      if (started.size > 0) this.idleDeaths = 0;
      else if (++this.idleDeaths >= MAX_IDLE_DEATHS) throw workerKeepsDying('starting on images', error);
      this.suspects.push(...batch.filter(({ id }) => started.has(id)));
      this.queue.push(...batch.filter(({ id }) => !started.has(id)).reverse());
      return [];
    }
  }

  private async analyze(
    worker: WorkerClient,
    batch: readonly SampleToAnalyze[],
    onStarted: (id: number) => void,
  ): Promise<AnalysisResult[]> {
    const { dataset } = this.context;
    const { provider, embedder, stallMs = 120_000 } = this.settings;
    const items = batch.map((sample) => ({
      id: sample.id,
      path: join(dataset.location.folder, sample.path),
      thumbnail: thumbnailPath(dataset.location, sample),
    }));
    const stalled = setTimeout(() => worker.kill(), stallMs);
    try {
      return await worker.call(
        'analyze',
        { items, provider, embedder },
        {
          signal: this.stop.signal,
          onProgress: ({ started }) => {
            stalled.refresh();
            onStarted(started);
          },
        },
      );
    } finally {
      clearTimeout(stalled);
    }
  }

  private async commit(
    batch: readonly SampleToAnalyze[],
    results: readonly AnalysisResult[],
    next: readonly SampleToAnalyze[],
  ): Promise<void> {
    const { runId, provider, embedder } = this.settings;
    const processing = next.map(({ id }) => id);
    if (results.length + processing.length === 0) return;
    await this.context.dataset.commitAnalyses(runId, { provider, embedder }, results, processing);
    const paths = new Map(batch.map(({ id, path }) => [id, path]));
    const failed = results.filter((result) => !result.ok);
    for (const { id, message } of failed) this.tally.failed.push({ path: paths.get(id)!, reason: message });
    this.tally.processed += results.length - failed.length;
    this.meter.add(results.length, failed.length);
  }
}
