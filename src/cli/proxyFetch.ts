import type { Endpoint } from '../core/remote/endpoint';
import type { Fetch } from '../core/remote/remoteServer';
import { UserError } from '../protocol/userError';

const VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;

/**
 * How to reach an endpoint: through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name (in lower case too),
 * which the fetch of Node 20 knows nothing of. Nothing on this machine is reached through a proxy: what is sent there
 * needs no consent, as it leaves the machine no other way either.
 * @throws UserError `proxy-invalid`
 */
export async function proxyFetch({ isLoopback }: Endpoint, env: NodeJS.ProcessEnv): Promise<Fetch> {
  const named = VARIABLES.filter((name) => env[name] !== undefined && env[name] !== '');
  if (isLoopback || named.length === 0) return fetch;
  for (const name of named) requireProxy(name, env[name] ?? '');
  const { EnvHttpProxyAgent, fetch: fetchThrough } = await import('undici');
  const agent = new EnvHttpProxyAgent({
    ...{ httpProxy: env['http_proxy'] ?? env['HTTP_PROXY'], httpsProxy: env['https_proxy'] ?? env['HTTPS_PROXY'] },
    noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '',
    proxyTunnel: false, // not for plain HTTP: many proxies open tunnels to port 443 only
  });
  // the same API, by the package that Node's own is a copy of
  return (url, init) => fetchThrough(url, { ...init, dispatcher: agent } as Parameters<typeof fetchThrough>[1]);
}

/** The address itself is not repeated: it may hold a password. */
function requireProxy(variable: string, text: string): void {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return;
  throw new UserError(
    'proxy-invalid',
    `The environment variable ${variable} holds no address of a proxy. Set it to one such as http://proxy.example.com:3128, ` +
      'or leave it empty.',
  );
}
