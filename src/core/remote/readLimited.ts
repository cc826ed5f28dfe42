import type { HttpResponse } from './remoteServer';

/** No answer to a few questions is longer. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The body of a response as text.
 * @throws RangeError when it is longer than 4 MiB; what fetch throws when it breaks off
 */
export async function readLimited(response: HttpResponse): Promise<string> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new RangeError('The answer is longer than 4 MiB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
