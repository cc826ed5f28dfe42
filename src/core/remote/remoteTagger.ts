import type { AskedDimension, FailureCode, Prediction } from '../../protocol/workerApi';
import { CircuitBreaker } from './circuitBreaker';
import { BadAnswer, BudgetReached, PassingFault, RefusedImage, unavailable } from './remoteFaults';
import { requestOf, sendOnce } from './remoteClient';
import type { RemotePorts } from './remotePorts';
import type { ImageResult } from './remoteProtocol';
import type { RemoteServer } from './remoteServer';
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

/** Called with the place of an image among those asked about, once for each; what comes after waits for it. */
export type TakeReply = (index: number, reply: RemoteReply) => Promise<void>;

/** Failed requests in a row after which the run stops. With a third of all failing that is once in 3,000,000,000. */
export const BREAKER_LIMIT = 20;

/** Tries of an image whose answer was no answer. A second one costs the image again, but often helps: see docs/remote.md. */
const MOST_ANSWERS = 2;

/** An image that has no reply yet. */
interface OpenImage {
  readonly index: number;
  readonly jpeg: Uint8Array;
  retries: number;
  /** Answers that were none. */
  bad: number;
}

/** Asks one server about images, at its rate, and again where that can help. */
export class RemoteTagger {
  private readonly bucket: TokenBucket;
  private readonly breaker = new CircuitBreaker(BREAKER_LIMIT);
  private readonly spending: Spending;

  constructor(
    private readonly server: RemoteServer,
    { perMinute, concurrency, price, budget }: RemoteLimits,
    private readonly ports: RemotePorts,
  ) {
    // what a second holds may go at once, so that a server that counts by the minute never counts too many
    const burst = Math.max(1, Math.min(concurrency, Math.floor(perMinute / 60)));
    this.bucket = new TokenBucket(perMinute, burst, ports);
    this.spending = new Spending(price ?? 0, budget);
  }

  /** In US dollars, an upper bound: what broke off counts as billed. */
  get spent(): number {
    return this.spending.spent;
  }

  /**
   * Asks about images until each is answered or no further try is worth it. They are sent together, as far as request
   * and budget hold them; those that failed among them are sent again without the others.
   * @throws BudgetReached before a request that the budget does not allow
   * @throws UserError `remote-unavailable` when requests only fail, and those of `sendOnce`; the signal's reason
   */
  async ask(
    jpegs: readonly Uint8Array[],
    dimensions: readonly AskedDimension[],
    take: TakeReply,
    signal: AbortSignal,
  ): Promise<void> {
    const groups: OpenImage[][] = [jpegs.map((jpeg, index) => ({ index, jpeg, retries: 0, bad: 0 }))];
    for (let group = groups.pop(); group; group = groups.pop()) {
      const left = await this.askGroup(group, dimensions, take, signal);
      groups.push(...left.filter(({ length }) => length > 0));
    }
  }

  /** Asks about as many of a group as one request holds; returns the groups of those that are left, the next one last. */
  private async askGroup(
    group: readonly OpenImage[],
    dimensions: readonly AskedDimension[],
    take: TakeReply,
    signal: AbortSignal,
  ): Promise<OpenImage[][]> {
    const fitting = this.mostThatFit(group, dimensions);
    if (fitting === 0) {
      const message = 'The image is larger than a request to this provider may be.';
      await take(group[0].index, { ok: false, code: 'request-refused', message });
      return [group.slice(1)];
    }
    await this.bucket.take(signal);
    const count = this.spending.affordable(fitting);
    if (!this.spending.reserve(count)) throw new BudgetReached();
    const [sent, later] = [group.slice(0, count), group.slice(count)];
    const { results, asOne } = await this.send(sent, dimensions, signal);
    if (asOne && count > 1 && results[0] instanceof RefusedImage) {
      const half = Math.ceil(count / 2); // one of them may be the reason
      return [later, sent.slice(half), sent.slice(0, half)];
    }
    return [later, await this.settle(sent, results, take, signal)];
  }

  /** How many images, from the first on, one request holds; 0 when the first is too large by itself. */
  private mostThatFit(group: readonly OpenImage[], dimensions: readonly AskedDimension[]): number {
    const { imagesPerRequest, bytesPerRequest } = this.server.manifest;
    let count = Math.min(group.length, imagesPerRequest);
    while (bytesPerRequest !== null && count > 0) {
      const jpegs = group.slice(0, count).map(({ jpeg }) => jpeg);
      if (Buffer.byteLength(requestOf(this.server, { jpegs, dimensions }).body) <= bytesPerRequest) break;
      count = Math.floor(count / 2);
    }
    return count;
  }

  /** `asOne`: the request failed as a whole, and each image has the same result. */
  private async send(
    sent: readonly OpenImage[],
    dimensions: readonly AskedDimension[],
    signal: AbortSignal,
  ): Promise<{ results: readonly ImageResult[]; asOne: boolean }> {
    const jpegs = sent.map(({ jpeg }) => jpeg);
    try {
      const results = await sendOnce(this.server, { jpegs, dimensions }, this.ports, signal);
      this.account(results);
      return { results, asOne: false };
    } catch (error) {
      const isFault = error instanceof PassingFault || error instanceof RefusedImage || error instanceof BadAnswer;
      if (!isFault) throw error;
      const results = sent.map(() => error);
      this.account(results);
      return { results, asOne: true };
    }
  }

  private account(results: readonly ImageResult[]): void {
    for (const result of results) {
      const isFree = result instanceof PassingFault ? !result.options.mayBeBilled : result instanceof RefusedImage;
      if (isFree) this.spending.release();
    }
    if (results.every((result) => result instanceof PassingFault)) this.breaker.failed();
    else this.breaker.succeeded(); // it is there, and answers
  }

  /** Hands on what is final; returns the images to ask about again, after the pause that their faults want. */
  private async settle(
    sent: readonly OpenImage[],
    results: readonly ImageResult[],
    take: TakeReply,
    signal: AbortSignal,
  ): Promise<OpenImage[]> {
    const again: OpenImage[] = [];
    const taken: Promise<void>[] = [];
    const passing = results.find((result) => result instanceof PassingFault);
    sent.forEach((image, at) => {
      const reply = replyTo(image, results[at]);
      if (reply) taken.push(take(image.index, reply));
      else again.push(image);
    });
    await Promise.all(taken);
    if (!passing) return again;
    if (this.breaker.isOpen) throw unavailable(this.server.endpoint.host, BREAKER_LIMIT, passing.reason);
    if (again.length === 0) return again;
    const { retryAfterMs } = passing.options;
    if (retryAfterMs !== null) this.bucket.pause(retryAfterMs);
    const retry = Math.max(0, ...again.map(({ retries }) => retries - 1));
    await this.ports.sleep(pauseBefore(retry, retryAfterMs, this.ports.random()), signal);
    return again;
  }
}

/** What to tell of an image; null when it is worth another try, which is then counted. */
function replyTo(image: OpenImage, result: ImageResult): RemoteReply | null {
  if (result instanceof RefusedImage) return { ok: false, code: 'request-refused', message: result.message };
  if (result instanceof BadAnswer) {
    image.bad++;
    return image.bad < MOST_ANSWERS ? null : { ok: false, code: 'bad-answer', message: result.message };
  }
  if (!(result instanceof PassingFault)) return { ok: true, predictions: [...result] };
  image.retries++;
  if (image.retries <= MOST_RETRIES) return null;
  const message = `${image.retries} requests failed. The last one: ${result.reason}`;
  return { ok: false, code: 'inference-failed', message };
}
