import { fileURLToPath } from 'node:url';
import { UserError } from '../../protocol/userError';

export const PUBLIC_HUB = 'https://huggingface.co';

export interface HubSettings {
  /** The hub, or a mirror of it: a URL, or the absolute path of a folder. */
  readonly endpoint: string;
  readonly token: string | undefined;
}

/** What `HF_ENDPOINT` and `HF_TOKEN` say, as in the hub's own tools. */
export function hubSettings(env: NodeJS.ProcessEnv = process.env): HubSettings {
  return { endpoint: env['HF_ENDPOINT']?.trim() || PUBLIC_HUB, token: env['HF_TOKEN']?.trim() || undefined };
}

/**
 * Whether an endpoint is a folder: then its absolute path.
 * @throws UserError `endpoint-invalid` when it is neither a folder nor a URL
 */
export function endpointFolder(endpoint: string): string | null {
  if (endpoint.startsWith('file:')) return fileURLToPath(endpoint);
  if (/^https?:\/\/[^/]/i.test(endpoint) && URL.canParse(endpoint)) return null;
  if (endpoint.startsWith('/') || /^[a-z]:[\\/]|^\\\\/i.test(endpoint)) return endpoint;
  throw new UserError(
    'endpoint-invalid',
    `HF_ENDPOINT is ${endpoint}: it must be a URL such as ${PUBLIC_HUB}, or the absolute path of a folder.`,
  );
}
