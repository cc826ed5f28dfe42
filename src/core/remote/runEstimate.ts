import type { RemoteLimits } from './remoteTagger';
import type { RemoteServer } from './remoteServer';

/** What a run is going to take, before anything is sent. */
export interface RunEstimate {
  readonly images: number;
  readonly requests: number;
  /** Least, at the run's rate. */
  readonly minutes: number;
  /** In US dollars; null when the price is not known. */
  readonly cost: number | null;
}

/** @param images how many are to be sent */
export function estimateRun(
  images: number,
  { manifest }: Pick<RemoteServer, 'manifest'>,
  { perMinute, price }: Pick<RemoteLimits, 'perMinute' | 'price'>,
): RunEstimate {
  const requests = Math.ceil(images / manifest.imagesPerRequest);
  return {
    ...{ images, requests, minutes: Math.ceil(requests / perMinute) },
    cost: price === null ? null : images * price,
  };
}

/** The same in words. */
export function runEstimate(
  images: number,
  server: Pick<RemoteServer, 'manifest' | 'endpoint'>,
  limits: Pick<RemoteLimits, 'perMinute' | 'price' | 'budget'>,
): string {
  const { minutes, cost: price, requests } = estimateRun(images, server, limits);
  const { perMinute, budget } = limits;
  const time = minutes === 1 ? 'about a minute' : `${minutes} minutes`;
  const together = requests < images ? ` in ${requests === 1 ? 'one request' : `${requests} requests`}` : '';
  const cost =
    price === null ? 'What it costs is not known, as no price of an image is given' : `Cost: about $${dollars(price)}`;
  const bound = budget === null ? '' : `, and it stops at $${dollars(budget)}`;
  return `${images} images are sent to ${server.endpoint.host}${together}, which takes at least ${time} at ${perMinute} a minute. ${cost}${bound}.`;
}

/** Cents, and what is smaller where it matters. */
export function dollars(amount: number): string {
  return amount === 0 || amount >= 1 ? amount.toFixed(2) : String(Number(amount.toPrecision(2)));
}
