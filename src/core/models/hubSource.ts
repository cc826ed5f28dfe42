import { corrupt, interrupted, reasonOf, refused, TransientFault, unreachable } from './downloadFaults';
import { isContinuation, NOTHING_KNOWN, remoteFile, telling } from './hubAnswer';
import type { Continuation, ModelSource, OpenedFile, RemoteFile } from './modelSource';
import { StallGuard } from './stallGuard';

export interface HubOptions {
  /** `https://huggingface.co`, or a mirror with the same paths. */
  readonly endpoint: string;
  readonly repository: string;
  readonly revision: string;
  /** Sent to the endpoint's own origin only, never along a redirect to another one. */
  readonly token?: string | undefined;
  readonly fetch: typeof fetch;
  /** After so many milliseconds without an answer or a byte the connection counts as dead. */
  readonly stallMs: number;
}

interface Answer {
  readonly url: string;
  readonly response: Response;
  readonly remote: RemoteFile;
}

const MOST_REDIRECTS = 5;
const BUSY = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * The Hugging Face hub: `ENDPOINT/OWNER/NAME/resolve/REVISION/PATH`. Large files are redirected to a CDN; the hub's own
 * answer names their size and SHA-256 (`x-linked-size`, `x-linked-etag`). Redirects are followed by hand, because those
 * headers are on the hub's own answer only and because the token must not travel.
 */
export class HubSource implements ModelSource {
  readonly place: string;

  constructor(private readonly options: HubOptions) {
    this.place = options.endpoint.replace(/\/+$/, '');
  }

  placeOf(path: string): string {
    const { repository, revision } = this.options;
    return `${this.place}/${repository}/resolve/${revision}/${path}`;
  }

  async describe(path: string, signal: AbortSignal): Promise<RemoteFile | null> {
    const guard = new StallGuard(signal, this.options.stallMs);
    try {
      const { response, remote, url } = await this.request('HEAD', path, null, guard);
      if (response.status === 404) return null;
      // Some mirrors know no HEAD: then the file itself has to tell.
      if (response.status === 405 || response.status === 501) return NOTHING_KNOWN;
      this.requireSuccess(url, response);
      return remote;
    } finally {
      guard.stop();
    }
  }

  async open(path: string, from: Continuation | null, signal: AbortSignal): Promise<OpenedFile | null> {
    const guard = new StallGuard(signal, this.options.stallMs);
    try {
      const { response, remote, url } = await this.request('GET', path, from, guard);
      if (response.status === 404) {
        guard.stop();
        return null;
      }
      if (from && (response.status === 416 || (response.status === 206 && !isContinuation(response, remote, from)))) {
        guard.stop();
        return await this.open(path, null, signal);
      }
      this.requireSuccess(url, response);
      if (!response.body) throw corrupt(path, 'the answer is empty');
      return {
        remote,
        offset: response.status === 206 && from ? from.offset : 0,
        contentType: response.headers.get('content-type'),
        body: guardedBody(response.body, path, guard),
        close: () => guard.stop(),
      };
    } catch (error) {
      guard.stop();
      throw error;
    }
  }

  private async request(method: string, path: string, from: Continuation | null, guard: StallGuard): Promise<Answer> {
    let url = this.placeOf(path);
    let continued = from !== null && (from.validator !== null || from.identity !== null) ? from : null;
    let told: Headers | null = null;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const response = await this.fetchOnce(method, url, continued, guard);
      if (!told || telling(response.headers) > telling(told)) told = response.headers;
      const location = response.headers.get('location');
      const remote = remoteFile(told, response);
      // Of a file that has changed meanwhile, the rest is of no use.
      if (continued?.identity && remote.identity && continued.identity !== remote.identity) {
        await response.body?.cancel();
        continued = null;
        if (location === null || response.status < 300 || response.status > 399) {
          hop--;
          continue;
        }
      }
      if (location === null || response.status < 300 || response.status > 399) return { url, response, remote };
      await response.body?.cancel();
      // The hub's redirect says all that there is to know; asking the CDN as well could only make it fail.
      if (method === 'HEAD' && remote.size !== null && told.has('x-linked-size')) {
        return { url, response: new Response(null, { status: 200 }), remote };
      }
      url = new URL(location, url).href;
    }
    throw unreachable(this.place, new Error('it redirects in circles'));
  }

  private async fetchOnce(
    method: string,
    url: string,
    from: Continuation | null,
    guard: StallGuard,
  ): Promise<Response> {
    // Compressed bodies would have neither the file's length nor its offsets.
    const headers = new Headers({ 'accept-encoding': 'identity', 'user-agent': 'datavisor' });
    const { token } = this.options;
    if (token && new URL(url).origin === new URL(this.place).origin) headers.set('authorization', `Bearer ${token}`);
    if (from) {
      headers.set('range', `bytes=${from.offset}-`);
      if (from.validator !== null) headers.set('if-range', from.validator);
    }
    const send = (redirect: 'manual' | 'follow'): Promise<Response> =>
      guard.within(this.options.fetch(url, { method, headers, redirect, signal: guard.signal }));
    try {
      // Electron's fetch, which VS Code can be set to use, fails at a redirect that it is not to follow. It follows
      // without the token, and then nobody has said what the file must be.
      return await send('manual').catch((error: unknown) => {
        if (error instanceof Error && /redirect/i.test(error.message)) return send('follow');
        throw error;
      });
    } catch (error) {
      guard.throwIfCancelled();
      if (guard.stalled) throw new TransientFault(interrupted(url, guard.stalled, error));
      throw unreachable(new URL(url).origin, error);
    }
  }

  private requireSuccess(url: string, { status, headers }: Response): void {
    if (status === 200 || status === 206) return;
    const error = refused(url, status);
    if (!BUSY.has(status)) throw error;
    const seconds = Number(headers.get('retry-after') ?? NaN);
    throw new TransientFault(error, Number.isFinite(seconds) ? seconds * 1000 : null);
  }
}

async function* guardedBody(
  body: ReadableStream<Uint8Array>,
  path: string,
  guard: StallGuard,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let next = await guard.within(reader.read()); !next.done; next = await guard.within(reader.read())) {
      guard.heard();
      yield next.value;
    }
  } catch (error) {
    guard.throwIfCancelled();
    throw new TransientFault(interrupted(path, guard.stalled ?? reasonOf(error), error));
  }
}
