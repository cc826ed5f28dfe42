import type { RemoteManifest } from '../../protocol/remoteManifest';
import type { AskedDimension } from '../../protocol/workerApi';
import type { Endpoint } from './endpoint';
import type { RemoteRemedies } from './remoteFaults';
import type { RemoteProtocol } from './remoteProtocol';

/** What is read of a `Response`, whoever made it. */
export interface HttpResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** A stream of bytes. */
  readonly body: object | null;
}

/** Makes HTTP requests as the global `fetch` does: an editor has one that knows its proxy settings. */
export type Fetch = (url: string, init: RequestInit) => Promise<HttpResponse>;

/** A provider that images are sent to, as it was chosen. */
export interface RemoteServer {
  readonly manifest: RemoteManifest;
  /** Of the manifest: see `loadProtocol`. */
  readonly protocol: RemoteProtocol;
  readonly endpoint: Endpoint;
  /** As the provider calls it; empty where its manifest has none. */
  readonly model: string;
  readonly apiKey: string | null;
  /** What was chosen of the manifest's `options`; the first value of the others is taken. */
  readonly options: Readonly<Record<string, string>>;
  /** After so long without a complete answer a request counts as failed. */
  readonly timeoutMs: number;
  readonly fetch: Fetch;
  /** What to do about errors that end a run; the words of the command line by default. */
  readonly remedies?: RemoteRemedies;
}

/** What to ask a provider: its own dimension of labels, or the questions given. */
export function dimensionsAsked(
  { labelThresholds }: RemoteManifest,
  questions: readonly AskedDimension[],
): readonly AskedDimension[] {
  if (!labelThresholds) return questions;
  return Object.keys(labelThresholds).map((name) => ({ name, question: '', answers: [] }));
}
