import { availableParallelism } from 'node:os';
import { WorkerClient, type WorkerClientOptions } from './workerClient';

/**
 * An image is decoded on a worker's thread pool but measured on its one main thread, which takes about a third of the
 * time: one process keeps three processors busy.
 */
const PROCESSORS_PER_WORKER = 3;
const MOST_WORKERS = 8;

/** Several worker processes that images are spread over; on small machines there is just one. */
export class WorkerPool {
  readonly workers: readonly WorkerClient[];

  /** @param size how many processes; by default as many as the processors of this machine can feed */
  constructor(options: WorkerClientOptions, size = defaultSize()) {
    const threads = Math.max(4, Math.ceil((2 * availableParallelism()) / size));
    const env = size > 1 ? { ...options.env, UV_THREADPOOL_SIZE: String(threads) } : options.env;
    this.workers = Array.from({ length: size }, () => new WorkerClient({ ...options, env }));
  }

  /** The one that does what is not spread. */
  get first(): WorkerClient {
    return this.workers[0];
  }

  /** Ends the processes and refuses further calls. */
  async dispose(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.dispose()));
  }
}

function defaultSize(): number {
  return Math.min(MOST_WORKERS, Math.max(1, Math.floor(availableParallelism() / PROCESSORS_PER_WORKER)));
}
