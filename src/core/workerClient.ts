import { RpcError, type CallOptions, type Client } from '../protocol/rpc';
import { UserError } from '../protocol/userError';
import type { WorkerApi } from '../protocol/workerApi';
import { WorkerProcess, type WorkerProcessOptions } from './workerProcess';

export interface WorkerClientOptions extends WorkerProcessOptions {
  /** Time without a call after which the process is ended to give its memory back; a minute by default. */
  readonly idleMs?: number;
}

type Params<K extends keyof WorkerApi> = Parameters<Client<WorkerApi>[K]>[0];
type Options<K extends keyof WorkerApi> = Parameters<Client<WorkerApi>[K]>[1];
type Result<K extends keyof WorkerApi> = Awaited<ReturnType<Client<WorkerApi>[K]>>;

/** Starts in a row without a word from the process, after which a call says that the worker cannot start. */
const MAX_FAILED_STARTS = 3;

/**
 * The way to the worker process: forks it at the first call, again after a crash, and ends it when it was idle for a
 * while. The process holds nothing that cannot be made again.
 */
export class WorkerClient {
  private current: WorkerProcess | undefined;
  private calls = 0;
  private idleTimer: NodeJS.Timeout | undefined;
  private failedStarts = 0;
  private lastWords = '';
  private disposed = false;

  constructor(private readonly options: WorkerClientOptions) {}

  /** Of the running process, undefined while there is none. */
  get pid(): number | undefined {
    return this.current?.pid;
  }

  /**
   * @throws RpcError 'closed' when the process died meanwhile (the next call starts another), 'cancelled' by the signal
   * @throws UserError 'worker-unavailable' when it died several times in a row before it said a word
   */
  async call<K extends keyof WorkerApi>(method: K, params: Params<K>, options?: Options<K>): Promise<Result<K>> {
    if (this.disposed) throw new RpcError('closed', 'the image worker was shut down');
    this.requireStartable();
    clearTimeout(this.idleTimer);
    this.calls++;
    try {
      const remote = this.ensureProcess().remote as unknown as Record<
        K,
        (params: Params<K>, options?: CallOptions) => Promise<Result<K>>
      >;
      return await remote[method](params, options);
    } finally {
      if (--this.calls === 0) this.endWhenIdle();
    }
  }

  /** Ends the process on the spot, for one that does not answer any more; pending calls reject with `closed`. */
  kill(): void {
    this.current?.kill();
  }

  /** Ends the process and refuses further calls. */
  async dispose(): Promise<void> {
    this.disposed = true;
    clearTimeout(this.idleTimer);
    await this.current?.stop();
  }

  private ensureProcess(): WorkerProcess {
    if (this.current) return this.current;
    const started = new WorkerProcess(this.options, () => {
      if (this.current === started) this.current = undefined;
      this.failedStarts = started.failedToStart ? this.failedStarts + 1 : 0;
      this.lastWords = started.lastWords;
    });
    this.current = started;
    return started;
  }

  private requireStartable(): void {
    if (this.failedStarts < MAX_FAILED_STARTS) return;
    this.failedStarts = 0; // asked again later, it is tried again
    const words = this.lastWords === '' ? '' : ` It said: ${this.lastWords}`;
    throw new UserError(
      'worker-unavailable',
      `The image worker cannot start.${words} Check that DataVisor is installed completely for this system, then try again.`,
    );
  }

  private endWhenIdle(): void {
    if (this.disposed) return;
    this.idleTimer = setTimeout(() => {
      const idle = this.current;
      this.current = undefined;
      void idle?.stop();
    }, this.options.idleMs ?? 60_000);
    this.idleTimer.unref();
  }
}
