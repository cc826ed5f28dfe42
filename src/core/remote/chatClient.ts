import type { AskedDimension, Prediction } from '../../protocol/workerApi';
import { serverWords } from './apiKey';
import { BadAnswer, readChatAnswer } from './chatAnswer';
import { chatRequest } from './chatRequest';
import type { Endpoint } from './endpoint';
import { readLimited } from './readLimited';
import { faultOfAll, PassingFault, RefusedImage } from './remoteFaults';
import type { RemotePorts } from './remotePorts';
import { retryAfter } from './retryPolicy';

export interface ChatServer {
  readonly endpoint: Endpoint;
  /** As the server calls it. */
  readonly model: string;
  readonly apiKey: string | null;
  /** After so long without a complete answer a request counts as failed. */
  readonly timeoutMs: number;
}

/**
 * Sends one request about one image.
 * @throws PassingFault for what another try may help with: network, time, HTTP status 429 and 5xx, an answer cut short
 * @throws BadAnswer, RefusedImage for this image alone
 * @throws UserErrors of `faultOfAll`; the signal's reason
 */
export async function askOnce(
  server: ChatServer,
  jpeg: Uint8Array,
  dimensions: readonly AskedDimension[],
  { now }: Pick<RemotePorts, 'now'>,
  signal: AbortSignal,
): Promise<Prediction[]> {
  const { response, text } = await post(server, chatRequest(server.model, dimensions, jpeg), signal);
  const { endpoint, model, apiKey } = server;
  const { status, headers } = response;
  const words = serverWords(text, apiKey);
  const said = words === '' ? '' : ` It said: ${words}`;
  if (status === 429 || status >= 500) {
    const retryAfterMs = retryAfter(headers.get('retry-after'), now());
    const what = status === 429 ? 'too many requests' : 'a problem of the server';
    throw new PassingFault(`HTTP status ${status}, ${what}.${said}`, { retryAfterMs, mayBeBilled: false });
  }
  const ofAll = faultOfAll(status, endpoint.host, model, apiKey !== null);
  if (ofAll) throw ofAll;
  if (!response.ok) throw new RefusedImage(`The server refused this image (HTTP status ${status}).${said}`);
  try {
    return readChatAnswer(parseBody(headers.get('content-type'), text), dimensions);
  } catch (error) {
    if (!(error instanceof BadAnswer)) throw error;
    throw new BadAnswer(serverWords(error.message, apiKey));
  }
}

async function post(
  { endpoint, apiKey, timeoutMs }: ChatServer,
  body: object,
  signal: AbortSignal,
): Promise<{ response: Response; text: string }> {
  // not AbortSignal.any with AbortSignal.timeout: Node 20 collects such a timeout as garbage before it fires
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal.reason);
  const timer = setTimeout(() => stop.abort(new RequestTimeout(timeoutMs)), timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(body),
      redirect: 'manual', // consent is for one host
      signal: stop.signal,
    });
    return { response, text: await readLimited(response) };
  } catch (error) {
    signal.throwIfAborted();
    throw new PassingFault(networkReason(error), { retryAfterMs: null, mayBeBilled: true }, error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

class RequestTimeout extends Error {
  constructor(milliseconds: number) {
    super(`No complete answer came within ${milliseconds / 1000} seconds.`);
  }
}

function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof RequestTimeout) return error.message;
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
  return `The connection failed: ${cause.message || error.message}${code}.`;
}

/**
 * Something between us and the server (a proxy, a login page) can answer in its place, and only for a while. What it
 * sent is not repeated: a part of it may be a part of the key.
 */
function parseBody(contentType: string | null, text: string): unknown {
  const noJson = (what: string, cause?: unknown) =>
    new PassingFault(`The server answered with ${what}.`, { retryAfterMs: null, mayBeBilled: true }, cause);
  if (contentType !== null && !/\bjson\b/i.test(contentType)) throw noJson('something that is no JSON');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw noJson('JSON that is cut short or damaged', error);
  }
}
