import type { AskedDimension, Prediction } from '../../protocol/workerApi';
import type { ImageFault } from './remoteFaults';

/** Where a request goes and in whose name. */
export interface RemoteTarget {
  /** Address of the API, without a slash at its end. */
  readonly address: string;
  /** As the provider calls it; empty where its manifest has none. */
  readonly model: string;
  readonly apiKey: string | null;
  /** What was chosen of the manifest's `options`, each of them. */
  readonly options: Readonly<Record<string, string>>;
}

/** What one request asks. */
export interface RemoteBatch {
  /** The bytes of each image, at least one; at most as many as the manifest's `imagesPerRequest`. */
  readonly jpegs: readonly Uint8Array[];
  /** Questions of the vocabulary; of a provider with labels of its own the one dimension that these are stored in. */
  readonly dimensions: readonly AskedDimension[];
}

/** A POST request. `accept` and what a transport needs is added. */
export interface ProtocolRequest {
  /** On the host of the target's address. */
  readonly url: string;
  /** The content type, and the key where the protocol wants it in a header. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** What came of one image of a batch. */
export type ImageResult = readonly Prediction[] | ImageFault;

/**
 * How one kind of API is spoken to. Retries, rate, budget and what HTTP statuses mean are not its matter. A protocol is a
 * file in `protocols` that exports it as `protocol`; manifests name it by that file.
 */
export interface RemoteProtocol {
  /** Raised whenever the same image could be answered differently: what was answered before is asked again then. */
  readonly revision: string;
  /** `vocabulary`: it answers the questions it is asked. `labels`: it says labels of its own, whatever is asked. */
  readonly ability: 'vocabulary' | 'labels';
  /** Images that its requests can hold, whatever a manifest would like. */
  readonly mostImages: number;
  request(target: RemoteTarget, batch: RemoteBatch): ProtocolRequest;
  /**
   * Reads the JSON of a good answer (HTTP 2xx).
   * @returns one result for each image, in their order
   * @throws PassingFault, BadAnswer, RefusedImage where they concern all images of the batch
   */
  read(body: unknown, batch: RemoteBatch): readonly ImageResult[];
  /**
   * The HTTP status that an answer to a failed request means, where the provider has its own way to say it: one that
   * calls a wrong key a bad request (400) would otherwise have every image refused.
   * @param body parsed JSON; undefined where it is none
   */
  statusMeant?(status: number, body: unknown): number;
}
