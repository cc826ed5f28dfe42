import { join } from 'node:path';
import type { SampleFailure } from '../dataset';
import type { Header } from '../../protocol/workerApi';
import { callWithRestarts, isWorkerDeath } from './callWithRestarts';
import type { JobContext } from './jobContext';
import type { ProgressMeter } from './progressMeter';
import type { Tally } from './recordRun';

export interface HeaderItem {
  readonly id: number;
  /** Relative to the dataset's folder. */
  readonly path: string;
}

const BATCH = 256;
/** So many files in a row that each kill the worker are no fault of the files. */
const MAX_CRASHES_IN_A_ROW = 20;

/** Reads and commits the headers of samples while the walk that finds them goes on. */
export class HeaderQueue {
  private readonly waiting: HeaderItem[] = [];
  private next = 0;
  private working: Promise<void> = Promise.resolve();
  private state: 'idle' | 'working' | 'broken' = 'idle';
  private crashesInARow = 0;

  constructor(
    private readonly context: JobContext,
    private readonly tally: Tally,
    private readonly meter: ProgressMeter,
  ) {}

  add(items: readonly HeaderItem[]): void {
    for (const item of items) this.waiting.push(item);
    if (this.state !== 'idle' || items.length === 0) return;
    this.state = 'working';
    this.working = this.work();
    this.working.then(
      () => (this.state = 'idle'),
      () => (this.state = 'broken'), // whoever waits in `settled` hears why
    );
  }

  /** Waits until everything added is committed. @throws what stopped it, the first failure of `add` included */
  async settled(): Promise<void> {
    await this.working;
  }

  private async work(): Promise<void> {
    while (this.next < this.waiting.length) {
      const batch = this.waiting.slice(this.next, this.next + BATCH);
      this.next += batch.length;
      const headers = await this.read(batch);
      await this.context.dataset.commitHeaders(headers);
      const failed = headers.filter((header) => 'code' in header);
      const paths = new Map(batch.map((item) => [item.id, item.path]));
      for (const { id, message } of failed) this.tally.failed.push({ path: paths.get(id)!, reason: message });
      this.tally.processed += headers.length - failed.length;
      this.meter.add(headers.length, failed.length);
    }
  }

  /** A file that kills the worker is found by halving the batch. */
  private async read(batch: readonly HeaderItem[]): Promise<(Header | SampleFailure)[]> {
    const { worker, dataset, signal } = this.context;
    const items = batch.map(({ id, path }) => ({ id, path: join(dataset.location.folder, path) }));
    const call = () => worker.call('readHeaders', { items }, { signal });
    try {
      const headers = await (batch.length === 1 ? callWithRestarts('reading image files', call) : call());
      this.crashesInARow = 0;
      return headers;
    } catch (error) {
      const cause: unknown = error instanceof Error ? error.cause : undefined;
      if (batch.length === 1 && isWorkerDeath(cause) && ++this.crashesInARow < MAX_CRASHES_IN_A_ROW) {
        return [{ id: batch[0].id, code: 'decoder-crash', message: 'Reading the file crashed the image worker.' }];
      }
      if (!isWorkerDeath(error)) throw error;
      const half = Math.ceil(batch.length / 2);
      return [...(await this.read(batch.slice(0, half))), ...(await this.read(batch.slice(half)))];
    }
  }
}
