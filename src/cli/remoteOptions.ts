import { OPENAI_COMPATIBLE } from '../core/remote/remoteModelName';
import { usage } from './commandArguments';

/** What a call of `tag` says about a remote provider. */
export interface RemoteCommandLine {
  readonly endpoint: string;
  readonly model: string;
  /** Whether the person agrees to sending images to the endpoint. */
  readonly consent: boolean;
  readonly perMinute: number;
  readonly concurrency: number;
  /** In US dollars; null where it is not said. */
  readonly budget: number | null;
  readonly price: number | null;
  readonly timeoutMs: number;
}

export const REMOTE_OPTIONS = {
  endpoint: { type: 'string' },
  model: { type: 'string' },
  consent: { type: 'boolean' },
  rate: { type: 'string' },
  concurrency: { type: 'string' },
  budget: { type: 'string' },
  price: { type: 'string' },
  timeout: { type: 'string' },
} as const;

type RemoteValues = {
  readonly [K in keyof typeof REMOTE_OPTIONS]?: (typeof REMOTE_OPTIONS)[K]['type'] extends 'boolean' ? boolean : string;
};

/** Options about models that come as files. */
const OF_FILES = ['model-dir', 'device', 'dtype', 'free-tags', 'caption'] as const;
const DEFAULTS = { perMinute: '60/min', concurrency: '4', timeoutSeconds: '120' } as const;

/**
 * Reads the options of a remote provider; null when the provider is none.
 * @throws UserError 'usage'
 */
export function remoteOptions(
  command: string,
  provider: string,
  values: RemoteValues & { readonly [K in (typeof OF_FILES)[number] | 'shard']?: unknown },
): RemoteCommandLine | null {
  if (provider !== OPENAI_COMPATIBLE) {
    const stray = Object.keys(REMOTE_OPTIONS).find((option) => option in values);
    if (stray !== undefined) throw usage(`--${stray} needs --provider ${OPENAI_COMPATIBLE}.`);
    return null;
  }
  if (command !== 'tag') throw usage(`"${command}" takes no --provider ${OPENAI_COMPATIBLE}; "tag" does.`);
  const stray = OF_FILES.find((option) => option in values);
  if (stray !== undefined) throw usage(`--${stray} is for models that come as files, not for ${OPENAI_COMPATIBLE}.`);
  // each of the slices would keep to rate and budget by itself, and all of them together to none
  if (values.shard !== undefined)
    throw usage(`--shard is for what runs on one's own machines, not for ${OPENAI_COMPATIBLE}.`);
  const { endpoint, model, consent = false, rate = DEFAULTS.perMinute, concurrency = DEFAULTS.concurrency } = values;
  if (!endpoint) throw usage(`--provider ${OPENAI_COMPATIBLE} needs --endpoint, such as http://127.0.0.1:11434/v1.`);
  if (!model || !/^[^\p{Cc}]{1,200}$/u.test(model)) {
    throw usage(`--provider ${OPENAI_COMPATIBLE} needs --model, the name that the server gives it.`);
  }
  const price = values.price === undefined ? null : numberIn('price', values.price, 0, 1000);
  const budget = values.budget === undefined ? null : numberIn('budget', values.budget, 0, 1_000_000);
  if (budget !== null && price === null) throw usage('--budget needs --price, what an image costs in US dollars.');
  return {
    ...{ endpoint, model, consent, budget, price },
    perMinute: numberIn('rate', rate.replace(/\/min$/, ''), 0.1, 100_000),
    concurrency: wholeIn('concurrency', concurrency, 1, 64),
    timeoutMs: 1000 * wholeIn('timeout', values.timeout ?? DEFAULTS.timeoutSeconds, 1, 300),
  };
}

function numberIn(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d*\.?\d+$/.test(text) && number >= least && number <= most) return number;
  throw usage(`--${option} needs a number from ${least} to ${most}, not "${text}".`);
}

function wholeIn(option: string, text: string, least: number, most: number): number {
  const number = numberIn(option, text, least, most);
  if (Number.isInteger(number)) return number;
  throw usage(`--${option} needs a whole number, not "${text}".`);
}
