import { UserError } from '../../protocol/userError';

/** The only place that a key is taken from. */
export const API_KEY_VARIABLE = 'DATAVISOR_API_KEY';

/**
 * The key of the remote provider, or null where there is none, as servers on one's own machine need none.
 * @throws UserError `api-key-invalid`, which does not show it
 */
export function readApiKey(env: NodeJS.ProcessEnv): string | null {
  const key = env[API_KEY_VARIABLE]?.trim() ?? '';
  if (key === '') return null;
  // fetch would refuse it too, with the key in the message
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new UserError(
    'api-key-invalid',
    `The key in ${API_KEY_VARIABLE} holds characters that no key has, such as spaces or line ends. Set it anew.`,
  );
}

/**
 * Makes sure that there is a key for a provider that answers nobody without.
 * @param title the provider's, for people
 * @throws UserError `api-key-missing`
 */
export function requireApiKey(key: string | null, title: string): void {
  if (key !== null) return;
  throw new UserError(
    'api-key-missing',
    `${title} answers nobody without a key, so nothing was sent. Set the environment variable ${API_KEY_VARIABLE} to yours.`,
  );
}

/** A server's own words, short and fit to be stored and shown: some repeat the key that they refuse. */
export function serverWords(text: string, key: string | null): string {
  const safe = key === null ? text : text.replaceAll(key, '[key]');
  const plain = safe.replace(/\s+/g, ' ').trim();
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain;
}
