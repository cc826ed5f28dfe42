import { UserError } from '../../protocol/userError';

/** Where a remote provider is reached. */
export interface Endpoint {
  /** Of the API, without a slash at its end; its methods have paths of their own below it. */
  readonly address: string;
  /** Name and port, for people and for consent. */
  readonly host: string;
  /** Whether it is on this machine, so that nothing leaves it. */
  readonly isLoopback: boolean;
}

/**
 * Reads the address of a provider's API, such as `http://127.0.0.1:11434/v1`.
 * @throws UserError `endpoint-invalid`
 */
export function parseEndpoint(text: string): Endpoint {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw invalid('It is not an address that starts with http:// or https://.');
  }
  // it would end up in logs and in the database
  if (url.username !== '' || url.password !== '') throw invalid('It holds a user name or password.');
  if (url.search !== '' || url.hash !== '') throw invalid('It has something after "?" or "#".');
  return {
    address: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    host: url.host,
    isLoopback: isLoopback(url.hostname),
  };
}

/** @param hostname as `URL` writes it: 127.1 is 127.0.0.1 already */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function invalid(why: string): UserError {
  return new UserError(
    'endpoint-invalid',
    `The --endpoint cannot be used. ${why} Give the address that the server documents, such as ` +
      'http://127.0.0.1:11434/v1, and a key in the environment variable DATAVISOR_API_KEY.',
  );
}
