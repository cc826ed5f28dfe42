import { parseEndpoint } from '../../core/remote/endpoint';
import type { RemoteManifest } from '../../protocol/remoteManifest';

/** Why a text is no address of an API, or null. @param example one that could be */
export function whyNoEndpoint(text: string, example: string): string | null {
  try {
    parseEndpoint(text);
    return null;
  } catch {
    return `Type the address that the server documents, such as ${example}, without a user name, a password, “?” and “#”.`;
  }
}

/** What is wrong with an address that can be used all the same, or null. */
export function endpointWarning(text: string): string | null {
  const { isLoopback, host, address } = parseEndpoint(text);
  if (isLoopback || address.startsWith('https:')) return null;
  return `With http, the key and the images can be read on the way to ${host}. Use https where it has that.`;
}

/** Why a text cannot be the name of a model, or null. */
export function whyNoModel(text: string, { model }: RemoteManifest): string | null {
  return /^[^\p{Cc}]{1,200}$/u.test(text) ? null : `Type ${model ?? 'the name of the model'}.`;
}

/** Why a text is no key, or null. @param isNeeded whether there must be one; else nothing means that there is none */
export function whyNoKey(text: string, isNeeded: boolean): string | null {
  if (text === '') return isNeeded ? 'This provider answers nobody without a key.' : null;
  return /^[\x21-\x7e]+$/.test(text) ? null : 'A key has no spaces or special letters.';
}
