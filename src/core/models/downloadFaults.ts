import { UserError } from '../../protocol/userError';

/** A failure that the next try may not have: the connection broke, the server was busy. */
export class TransientFault extends Error {
  override readonly name = 'TransientFault';

  /** @param retryAfterMs how long the server asks to wait */
  constructor(
    readonly userError: UserError,
    readonly retryAfterMs: number | null = null,
  ) {
    super(userError.message, { cause: userError.cause });
  }
}

/** The text of an error with that of its cause, which is where Node's fetch says what happened. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : undefined;
  const code = cause && 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
  return cause ? `${cause.message || error.message}${code}` : error.message;
}

const RESUME = 'What was received is kept: the next download goes on from there.';

/** The network is there no more, or never was. */
export function unreachable(place: string, error: unknown): UserError {
  return new UserError(
    'download-failed',
    `${place} cannot be reached: ${reasonOf(error)}. Check the network${proxyHint()}${certificateHint(error)} and try ` +
      `again. ${RESUME}`,
    { cause: error },
  );
}

export function interrupted(file: string, how: string, cause?: unknown): UserError {
  return new UserError(
    'download-failed',
    `The download of ${file} broke off: ${how}. Try again. ${RESUME}`,
    cause === undefined ? undefined : { cause },
  );
}

/** What came is not the file. Nothing of it is kept. */
export function corrupt(file: string, what: string): UserError {
  return new UserError('download-corrupt', `What came for ${file} is not that file: ${what}. It was thrown away.`);
}

/** @param status HTTP status other than success and 404 */
export function refused(url: string, status: number): UserError {
  const reason =
    status === 401 || status === 403
      ? 'access is refused. Where the model has terms to accept, accept them on its page and set HF_TOKEN to a token ' +
        'of that account; else check HF_TOKEN and the proxy'
      : status === 429
        ? 'too many requests. Wait some minutes, or set HF_TOKEN, and try again'
        : status >= 500
          ? 'the server has a problem. Try again later'
          : 'the server refuses. Check HF_ENDPOINT and try again';
  return new UserError('download-failed', `${url} answered with HTTP status ${status}: ${reason}. ${RESUME}`);
}

export function notThere(url: string): UserError {
  return new UserError(
    'download-failed',
    `There is no file ${url}. When a mirror is set (HF_ENDPOINT), it may lack this model or revision; else update ` +
      'DataVisor: the model may have moved.',
  );
}

/** A proxy that looks into connections signs them with a certificate that Node does not know. */
function certificateHint(error: unknown): string {
  if (!/certificate|CERT_|SELF_SIGNED/i.test(reasonOf(error))) return '';
  return ' (where a proxy looks into connections, set NODE_EXTRA_CA_CERTS to the file of its certificate)';
}

function proxyHint(env: NodeJS.ProcessEnv = process.env): string {
  const proxy = env['HTTPS_PROXY'] ?? env['https_proxy'];
  const honoured = env['NODE_USE_ENV_PROXY'] === '1' || process.execArgv.includes('--use-env-proxy');
  if (!proxy || honoured) return ' and the proxy';
  return ' (HTTPS_PROXY is set, but Node heeds it only from version 22.21 or 24 on and with NODE_USE_ENV_PROXY=1)';
}
