import type { AskedDimension, FailureCode, Prediction } from '../../protocol/workerApi';
import { BadAnswer } from './chatAnswer';
import { askOnce, type ChatServer } from './chatClient';
import { CircuitBreaker } from './circuitBreaker';
import { BudgetReached, PassingFault, RefusedImage, unavailable } from './remoteFaults';
import type { RemotePorts } from './remotePorts';
import { MOST_RETRIES, pauseBefore } from './retryPolicy';
import { Spending } from './spending';
import { TokenBucket } from './tokenBucket';

export interface RemoteLimits {
  /** Requests a minute, retries included. */
  readonly perMinute: number;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Most that the run may spend, in US dollars; null for no bound. */
  readonly budget: number | null;
  /** Of an image, in US dollars; null when it is not known. */
  readonly price: number | null;
}

/** What came of one image: answers, or why there are none. */
export type RemoteReply =
  | { readonly ok: true; readonly predictions: Prediction[] }
  | { readonly ok: false; readonly code: FailureCode; readonly message: string };

/** Failed requests in a row after which the run stops. With a third of all failing that is once in 3,000,000,000. */
export const BREAKER_LIMIT = 20;

/** Asks one server about images, at its rate, and again where that can help. */
export class RemoteTagger {
  private readonly bucket: TokenBucket;
  private readonly breaker = new CircuitBreaker(BREAKER_LIMIT);
  private readonly spending: Spending;

  constructor(
    private readonly server: ChatServer,
    limits: RemoteLimits,
    private readonly ports: RemotePorts,
  ) {
    this.bucket = new TokenBucket(limits.perMinute, limits.concurrency, ports);
    this.spending = new Spending(limits.price ?? 0, limits.budget);
  }

  /** In US dollars, an upper bound: what broke off counts as billed. */
  get spent(): number {
    return this.spending.spent;
  }

  /**
   * Asks about one image until it is answered or no further try is worth it.
   * @throws BudgetReached before a request that the budget does not allow
   * @throws UserError `remote-unavailable` when requests only fail, and those of `askOnce`; the signal's reason
   */
  async ask(jpeg: Uint8Array, dimensions: readonly AskedDimension[], signal: AbortSignal): Promise<RemoteReply> {
    const { random, sleep } = this.ports;
    for (let retry = 0; ; retry++) {
      try {
        return { ok: true, predictions: await this.request(jpeg, dimensions, signal) };
      } catch (error) {
        if (error instanceof BadAnswer) return { ok: false, code: 'bad-answer', message: error.message };
        if (error instanceof RefusedImage) return { ok: false, code: 'request-refused', message: error.message };
        if (!(error instanceof PassingFault)) throw error;
        const { reason, options } = error;
        if (this.breaker.isOpen) throw unavailable(this.server.endpoint.host, BREAKER_LIMIT, reason);
        if (retry === MOST_RETRIES) {
          const message = `${MOST_RETRIES + 1} requests failed. The last one: ${reason}`;
          return { ok: false, code: 'inference-failed', message };
        }
        if (options.retryAfterMs !== null) this.bucket.pause(options.retryAfterMs);
        await sleep(pauseBefore(retry, options.retryAfterMs, random()), signal);
      }
    }
  }

  private async request(
    jpeg: Uint8Array,
    dimensions: readonly AskedDimension[],
    signal: AbortSignal,
  ): Promise<Prediction[]> {
    await this.bucket.take(signal);
    if (!this.spending.reserve()) throw new BudgetReached();
    try {
      const predictions = await askOnce(this.server, jpeg, dimensions, this.ports, signal);
      this.breaker.succeeded();
      return predictions;
    } catch (error) {
      if (error instanceof PassingFault) {
        this.breaker.failed();
        if (!error.options.mayBeBilled) this.spending.release();
      } else if (error instanceof BadAnswer || error instanceof RefusedImage) {
        this.breaker.succeeded(); // it is there, and answers
      }
      throw error;
    }
  }
}
