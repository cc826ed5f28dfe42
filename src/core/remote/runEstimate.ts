import type { RemoteLimits } from './remoteTagger';

/**
 * What a run is going to take, in words, before anything is sent.
 * @param host where images are sent
 */
export function runEstimate(images: number, host: string, { perMinute, price, budget }: RemoteLimits): string {
  const minutes = Math.ceil(images / perMinute);
  const time = minutes === 1 ? 'about a minute' : `${minutes} minutes`;
  const cost =
    price === null
      ? 'What it costs is not known; name the price of an image with --price'
      : `Cost: about $${dollars(images * price)}`;
  const bound = budget === null ? '' : `, and it stops at $${dollars(budget)}`;
  return `${images} images are sent to ${host}, which takes at least ${time} at ${perMinute} a minute. ${cost}${bound}.`;
}

/** Cents, and what is smaller where it matters. */
export function dollars(amount: number): string {
  return amount === 0 || amount >= 1 ? amount.toFixed(2) : String(Number(amount.toPrecision(2)));
}
