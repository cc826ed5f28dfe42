import { UserError } from '../../protocol/userError';
import { API_KEY_VARIABLE } from './apiKey';

/** One request failed in a way that the next one may not. */
export class PassingFault extends Error {
  override readonly name = 'PassingFault';

  /**
   * @param reason in words, the server's own included
   * @param options.retryAfterMs how long the server asks to wait, or null
   * @param options.mayBeBilled whether the server may have answered, though nothing usable came
   */
  constructor(
    readonly reason: string,
    readonly options: { readonly retryAfterMs: number | null; readonly mayBeBilled: boolean },
    cause?: unknown,
  ) {
    super(reason, cause === undefined ? undefined : { cause });
  }
}

/** The server does not take this image, or this request; others it may. */
export class RefusedImage extends Error {
  override readonly name = 'RefusedImage';
}

/** What the server answered is no answer to what was asked. Asked again, it would most likely say the same. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
}

/** Why there is no answer for one image, though there may be for others. */
export type ImageFault = PassingFault | RefusedImage | BadAnswer;

/** The run's budget does not allow one more request. */
export class BudgetReached extends Error {
  override readonly name = 'BudgetReached';
}

/** What to do about errors that end a run, in the words of the program that does it. Each is a part of a sentence. */
export interface RemoteRemedies {
  /** @param what the model or the provider that the key must be allowed to use */
  readonly refusedKey: (what: string) => string;
  readonly missingKey: string;
  /** Whole sentences. */
  readonly wrongAddress: string;
  readonly otherAddress: string;
}

/** Those of the command line. */
const COMMAND_LINE: RemoteRemedies = {
  refusedKey: (what) =>
    `the key in the environment variable ${API_KEY_VARIABLE}. Set it to a key that may use ${what}, and run it again`,
  missingKey: `Set the environment variable ${API_KEY_VARIABLE} to yours, and run it again`,
  wrongAddress: 'Check the path of --endpoint, which most often ends with /v1, and --model.',
  otherAddress: 'Give the other one as --endpoint.',
};

const KEPT = 'What was answered is kept; the next run goes on from there.';

/**
 * An HTTP status that says the same to every image, as an error that ends the run; null for others.
 * @param what the model, or the provider where it has none, for people
 * @param said a sentence with the server's own words, or nothing
 */
export function faultOfAll(
  status: number,
  {
    host,
    what,
    hasKey,
    said,
    remedies = COMMAND_LINE,
  }: { host: string; what: string; hasKey: boolean; said: string; remedies?: RemoteRemedies | undefined },
): UserError | null {
  if (status === 401 || status === 403) {
    const key = hasKey ? `refuses ${remedies.refusedKey(what)}` : `wants a key. ${remedies.missingKey}`;
    return new UserError('remote-unauthorized', `${host} ${key} (HTTP status ${status}).${said} ${KEPT}`);
  }
  if (status === 402) {
    return new UserError(
      'remote-unpaid',
      `${host} wants to be paid first (HTTP status 402). Look at your account there, and run it again. ${KEPT}`,
    );
  }
  if (status === 404) {
    return new UserError(
      'remote-not-found',
      `${host} knows no ${what}, or has no such API there (HTTP status 404). ${remedies.wrongAddress} ${KEPT}`,
    );
  }
  if (status >= 300 && status < 400) {
    return new UserError(
      'remote-moved',
      `${host} sends requests on to another address (HTTP status ${status}), which is not followed: you agreed to this ` +
        `one. ${remedies.otherAddress} ${KEPT}`,
    );
  }
  return null;
}

/** @param inARow requests that failed one after the other */
export function unavailable(host: string, inARow: number, last: string): UserError {
  return new UserError(
    'remote-unavailable',
    `Stopped, as ${inARow} requests to ${host} in a row have failed. The last one: ${last} Check that the server runs ` +
      `and has the model loaded, or wait until it has recovered, and run it again. ${KEPT}`,
  );
}
