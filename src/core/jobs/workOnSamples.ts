import type { WorkerClient } from '../workerClient';
import type { Result, SampleInHand, Success } from './analysisResult';
import type { BatchSize } from './batchSize';
import { isWorkerDeath, workerKeepsDying } from './callWithRestarts';
import type { JobContext } from './jobContext';
import type { ProgressMeter } from './progressMeter';
import type { Tally } from './recordRun';
import { SuspectSamples, type Blame } from './suspectSamples';

export interface CallHooks {
  /** Aborted by the job's signal and by the first failure of another call. */
  readonly signal: AbortSignal;
  /** To be called with the id of an image when the worker starts on it: a sign of life, and what a crash is laid to. */
  readonly started: (id: number) => void;
}

/** What is asked of a worker about samples, and what is done with its answers. */
export interface SampleTask<R extends Success> {
  /** Workers that samples are spread over. */
  readonly workers: readonly WorkerClient[];
  readonly batchSize: BatchSize;
  /** Time without a sign from the worker after which it counts as hanging. */
  readonly stallMs: number;
  readonly blame: Blame;
  /** Done before each call, such as loading a model into a worker that is new. */
  prepare?(worker: WorkerClient, signal: AbortSignal): Promise<void>;
  call(worker: WorkerClient, batch: readonly SampleInHand[], hooks: CallHooks): Promise<Result<R>[]>;
  /** @param processing ids of the samples that are asked about next */
  commit(results: readonly Result<R>[], processing: readonly number[]): Promise<void>;
}

/** Calls under way at a time for each worker: it has the next batch at hand when it ends one. */
const LANES = 2;
/** Times in a row that the worker may die before it started on any image. */
const MAX_IDLE_DEATHS = 5;

/**
 * Has samples looked at by workers and commits what they say, batch by batch, while they work on. When a worker dies,
 * a new one goes on with the others; the images it had started on are tried one by one at the end.
 */
export async function workOnSamples<R extends Success>(
  { signal }: Pick<JobContext, 'signal'>,
  samples: readonly SampleInHand[],
  task: SampleTask<R>,
  tally: Tally,
  meter: ProgressMeter,
): Promise<void> {
  if (samples.length === 0) return;
  await new SampleWork(signal, samples, task, tally, meter).run();
}

class SampleWork<R extends Success> {
  private readonly queue: SampleInHand[];
  private readonly suspects: SampleInHand[] = [];
  /** Aborted by the job's signal and by the first lane that fails, so that the others stop too. */
  private readonly stop = new AbortController();
  private idleDeaths = 0;

  constructor(
    private readonly signal: AbortSignal,
    samples: readonly SampleInHand[],
    private readonly task: SampleTask<R>,
    private readonly tally: Tally,
    private readonly meter: ProgressMeter,
  ) {
    this.queue = [...samples].reverse(); // so that taking from its front is taking from the array's end
  }

  async run(): Promise<void> {
    const { signal } = this;
    signal.throwIfAborted();
    const onAbort = () => this.stop.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await this.runLanes();
      const suspects = new SuspectSamples<R>(
        this.task.blame,
        (sample, onStarted) => this.call(this.task.workers[0], [sample], onStarted),
        (results) => this.commit(this.suspects, results, []),
      );
      await suspects.run(this.suspects);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  private async runLanes(): Promise<void> {
    const lane = (of: WorkerClient) => this.runLane(of).catch((error: unknown) => this.stop.abort(error));
    await Promise.all(this.task.workers.flatMap((of) => Array.from({ length: LANES }, () => lane(of))));
    this.stop.signal.throwIfAborted(); // its reason is what came first; the other lanes only followed
  }

  private async runLane(worker: WorkerClient): Promise<void> {
    let committed = Promise.resolve();
    let batch = this.take();
    if (batch.length > 0) await this.commit(batch, [], batch);
    try {
      while (batch.length > 0) {
        const results = await this.callBatch(worker, batch);
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

  private take(): SampleInHand[] {
    const count = Math.min(this.task.batchSize.next, this.queue.length);
    return this.queue.splice(this.queue.length - count, count).reverse();
  }

  /** Results of what could be done; what was in hand when the worker died is put where it is taken up later. */
  private async callBatch(worker: WorkerClient, batch: readonly SampleInHand[]): Promise<Result<R>[]> {
    const started = new Set<number>();
    try {
      const results = await this.call(worker, batch, (id) => started.add(id));
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

  private async call(
    worker: WorkerClient,
    batch: readonly SampleInHand[],
    onStarted: (id: number) => void,
  ): Promise<Result<R>[]> {
    const { signal } = this.stop;
    await this.task.prepare?.(worker, signal);
    const startedAt = performance.now();
    const stalled = setTimeout(() => worker.kill(), this.task.stallMs);
    const started = (id: number) => {
      stalled.refresh();
      onStarted(id);
    };
    try {
      const results = await this.task.call(worker, batch, { signal, started });
      this.task.batchSize.learn(batch.length, performance.now() - startedAt);
      return results;
    } finally {
      clearTimeout(stalled);
    }
  }

  private async commit(
    batch: readonly SampleInHand[],
    results: readonly Result<R>[],
    next: readonly SampleInHand[],
  ): Promise<void> {
    const processing = next.map(({ id }) => id);
    if (results.length + processing.length === 0) return;
    await this.task.commit(results, processing);
    const paths = new Map(batch.map(({ id, path }) => [id, path]));
    const failed = results.filter((result) => !result.ok);
    for (const { id, message } of failed) this.tally.failed.push({ path: paths.get(id)!, reason: message });
    this.tally.processed += results.length - failed.length;
    this.meter.add(results.length, failed.length);
  }
}
