import { corrupt, interrupted, reasonOf, refused, TransientFault, unreachable } from './downloadFaults';
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
    try {
      const { signal } = guard;
      return await guard.within(this.options.fetch(url, { method, headers, redirect: 'manual', signal }));
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

const NOTHING_KNOWN: RemoteFile = { size: null, sha256: null, gitOid: null, identity: null, validator: null };

/** Whether a partial answer is the rest of the very content that was begun with. */
function isContinuation(response: Response, remote: RemoteFile, from: Continuation): boolean {
  const same =
    (from.identity !== null && remote.identity === from.identity) ||
    (from.validator !== null && remote.validator === from.validator);
  return same && rangeOf(response).offset === from.offset;
}

/** How much an answer says of the file: that of the hub itself the most. A moved repository answers before with nothing. */
function telling(headers: Headers): number {
  return headers.has('x-linked-etag') ? 2 : headers.has('x-repo-commit') ? 1 : 0;
}

/** @param told the headers of the answer that says the most, which may be one of the redirects */
function remoteFile(told: Headers, last: Response): RemoteFile {
  const linkedTag = unquoted(told.get('x-linked-etag'));
  const lastTag = last.headers.get('etag');
  const ownTag = unquoted(told.get('etag'));
  const gitOid = told.has('x-repo-commit') && /^[0-9a-f]{40}$/.test(ownTag ?? '') && !linkedTag ? ownTag : null;
  return {
    size: integer(told.get('x-linked-size')) ?? sizeOf(last),
    sha256: linkedTag !== null && /^[0-9a-f]{64}$/.test(linkedTag) ? linkedTag : null,
    gitOid,
    identity: linkedTag ?? gitOid,
    validator: lastTag !== null && lastTag.startsWith('"') ? lastTag : null,
  };
}

function sizeOf(response: Response): number | null {
  if (response.status === 206) return rangeOf(response).total;
  const encoding = response.headers.get('content-encoding');
  if (response.status !== 200 || (encoding !== null && encoding !== 'identity')) return null;
  return integer(response.headers.get('content-length'));
}

function rangeOf(response: Response): { offset: number; total: number | null } {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  return { offset: match ? Number(match[1]) : NaN, total: match && match[2] !== '*' ? Number(match[2]) : null };
}

function integer(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function unquoted(tag: string | null): string | null {
  return tag === null ? null : tag.replace(/^W\//, '').replace(/^"(.*)"$/, '$1');
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
