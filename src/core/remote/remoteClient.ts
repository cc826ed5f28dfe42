import { serverWords } from './apiKey';
import { readLimited } from './readLimited';
import { BadAnswer, faultOfAll, PassingFault, RefusedImage } from './remoteFaults';
import type { RemotePorts } from './remotePorts';
import type { ImageResult, ProtocolRequest, RemoteBatch, RemoteTarget } from './remoteProtocol';
import type { HttpResponse, RemoteServer } from './remoteServer';
import { retryAfter } from './retryPolicy';

/** The request that asks a server about a batch of images. */
export function requestOf(server: RemoteServer, batch: RemoteBatch): ProtocolRequest {
  const { manifest, protocol, endpoint, model, apiKey, options } = server;
  const chosen = Object.entries(manifest.options).map(([name, { values }]) => [name, options[name] ?? values[0]]);
  const target: RemoteTarget = {
    ...{ address: endpoint.address, model, apiKey },
    options: Object.fromEntries(chosen) as Record<string, string>,
  };
  const request = protocol.request(target, batch);
  // consent and key are for one host
  if (new URL(request.url).host !== endpoint.host) throw new Error(`${manifest.protocol} leaves ${endpoint.host}`);
  return request;
}

/**
 * Sends one request about a batch of images.
 * @returns one result for each image, in their order; faults that pass and others too
 * @throws PassingFault for what another try may help with: network, time, HTTP status 429 and 5xx, an answer cut short
 * @throws BadAnswer, RefusedImage where the batch as a whole got no answer
 * @throws UserErrors of `faultOfAll`; the signal's reason
 */
export async function sendOnce(
  server: RemoteServer,
  batch: RemoteBatch,
  { now }: Pick<RemotePorts, 'now'>,
  signal: AbortSignal,
): Promise<ImageResult[]> {
  const { response, text } = await post(server, requestOf(server, batch), signal);
  const { protocol, apiKey } = server;
  const { headers } = response;
  if (!response.ok) throw faultOf(server, response, text, now());
  try {
    const results = protocol.read(parseBody(headers.get('content-type'), text), batch);
    if (results.length !== batch.jpegs.length) throw new Error('a protocol has to give one result for each image');
    return results.map((result) => (result instanceof Error ? withoutKey(result, apiKey) : result));
  } catch (error) {
    throw error instanceof Error ? withoutKey(error, apiKey) : error;
  }
}

function faultOf(server: RemoteServer, response: HttpResponse, text: string, now: number): Error {
  const { endpoint, manifest, protocol, model, apiKey, remedies } = server;
  const status = protocol.statusMeant?.(response.status, parseJson(text)) ?? response.status;
  const words = serverWords(text, apiKey);
  const said = words === '' ? '' : ` It said: ${words}`;
  if (status === 429 || status >= 500) {
    const retryAfterMs = retryAfter(response.headers.get('retry-after'), now);
    const what = status === 429 ? 'too many requests' : 'a problem of the server';
    return new PassingFault(`HTTP status ${status}, ${what}.${said}`, { retryAfterMs, mayBeBilled: false });
  }
  const what = manifest.model === null ? manifest.title : `model ${model}`;
  const ofAll = faultOfAll(status, { host: endpoint.host, what, hasKey: apiKey !== null, said, remedies });
  return ofAll ?? new RefusedImage(`The server refused this image (HTTP status ${status}).${said}`);
}

async function post(
  { endpoint, timeoutMs, fetch }: RemoteServer,
  { url, headers, body }: ProtocolRequest,
  signal: AbortSignal,
): Promise<{ response: HttpResponse; text: string }> {
  // not AbortSignal.any with AbortSignal.timeout: Node 20 collects such a timeout as garbage before it fires
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal.reason);
  const timer = setTimeout(() => stop.abort(new RequestTimeout(timeoutMs)), timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', ...headers },
      body,
      redirect: 'manual', // consent is for one host
      signal: stop.signal,
    });
    return { response, text: await readLimited(response) };
  } catch (error) {
    signal.throwIfAborted();
    const mayBeBilled = !NOT_CONNECTED.test(codeOf(error)) && !UNKNOWN_ISSUER.test(codeOf(error));
    throw new PassingFault(networkReason(error, endpoint.host), { retryAfterMs: null, mayBeBilled }, error);
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

/** Codes of connections that were never there. */
const NOT_CONNECTED = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
/** Codes of OpenSSL for a certificate that nobody here knows the issuer of. */
const UNKNOWN_ISSUER =
  /^(UNABLE_TO_(GET_ISSUER_CERT|GET_ISSUER_CERT_LOCALLY|VERIFY_LEAF_SIGNATURE)|(DEPTH_ZERO_)?SELF_SIGNED_CERT(_IN_CHAIN)?)$/;

function networkReason(error: unknown, host: string): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof RequestTimeout) return error.message;
  const cause = causeOf(error);
  const code = codeOf(error);
  const hint = UNKNOWN_ISSUER.test(code)
    ? ` If ${host} has a certificate of your company, name the file of its CA in the environment variable NODE_EXTRA_CA_CERTS.`
    : '';
  return `The connection failed: ${cause.message || error.message}${code === '' ? '' : ` (${code})`}.${hint}`;
}

/** What fetch failed of, which it tells as its cause. */
function causeOf(error: Error): Error {
  return error.cause instanceof Error ? error.cause : error;
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? causeOf(error) : null;
  return cause && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}

/**
 * Something between us and the server (a proxy, a login page) can answer in its place, and only for a while. What it
 * sent is not repeated: a part of it may be a part of the key.
 */
function parseBody(contentType: string | null, text: string): unknown {
  const noJson = (what: string) =>
    new PassingFault(`The server answered with ${what}.`, { retryAfterMs: null, mayBeBilled: true });
  if (contentType !== null && !/\bjson\b/i.test(contentType)) throw noJson('something that is no JSON');
  const body = parseJson(text);
  if (body === undefined) throw noJson('JSON that is cut short or damaged');
  return body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A fault in words that may be stored and shown: servers' own words may repeat the key. */
function withoutKey<T extends Error>(fault: T, key: string | null): T | PassingFault | BadAnswer | RefusedImage {
  if (fault instanceof BadAnswer) return new BadAnswer(serverWords(fault.message, key));
  if (fault instanceof RefusedImage) return new RefusedImage(serverWords(fault.message, key));
  if (fault instanceof PassingFault) return new PassingFault(serverWords(fault.reason, key), fault.options);
  return fault;
}
