import type { RemoteManifest } from '../protocol/remoteManifest';
import { usage } from './commandArguments';

/** What a call says about the remote provider among those that tag. */
export interface RemoteCommandLine {
  readonly endpoint: string;
  /** Empty where the provider has none. */
  readonly model: string;
  /** Whether the person agrees to sending images to the endpoint. */
  readonly consent: boolean;
  readonly perMinute: number;
  readonly concurrency: number;
  /** In US dollars; null where it is not said. */
  readonly budget: number | null;
  /** Of an image, in US dollars; null where it is not known. */
  readonly price: number | null;
  readonly timeoutMs: number;
  /** What is chosen of the manifest's options; absent where nothing is. */
  readonly options?: Readonly<Record<string, string>>;
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
  option: { type: 'string', multiple: true },
} as const;

type RemoteValues = {
  readonly [K in Exclude<keyof typeof REMOTE_OPTIONS, 'consent' | 'option'>]?: string;
} & { readonly consent?: boolean; readonly option?: readonly string[] };

/** Options about models that come as files. */
const OF_FILES = ['model-dir', 'device', 'dtype', 'free-tags', 'caption'] as const;
const DEFAULTS = { concurrency: '4', timeoutSeconds: '120' } as const;

/**
 * Reads the options of a remote provider; null when none of the providers is one.
 * @param manifests those that there are
 * @throws UserError 'usage'
 */
export function remoteOptions(
  providers: readonly string[],
  values: RemoteValues & { readonly [K in (typeof OF_FILES)[number] | 'shard' | 'ask' | 'embedder']?: unknown },
  manifests: readonly RemoteManifest[],
): RemoteCommandLine | null {
  const [manifest, second] = manifests.filter(({ name }) => providers.includes(name));
  if (!manifest) {
    const stray = Object.keys(REMOTE_OPTIONS).find((option) => option in values);
    const names = manifests.map(({ name }) => name).join(', ');
    if (stray !== undefined) throw usage(`--${stray} needs --provider with one of ${names}.`);
    return null;
  }
  const { name: provider } = manifest;
  if (second) throw usage(`Images are sent to one provider at a time: ${provider} or ${second.name}.`);
  const alone = providers.every((name) => name === provider || name === 'builtin') && values.embedder === undefined;
  const stray = OF_FILES.find((option) => option in values);
  if (alone && stray !== undefined) throw usage(`--${stray} is for models that come as files, not for ${provider}.`);
  // each of the slices would keep to rate and budget by itself, and all of them together to none
  if (values.shard !== undefined) throw usage(`--shard is for what runs on one's own machines, not for ${provider}.`);
  if (alone && values.ask !== undefined && manifest.labelThresholds) {
    throw usage(`${provider} is asked nothing: its labels are its own. Leave --ask out.`);
  }
  const price = values.price === undefined ? manifest.pricePerImage : numberIn('price', values.price, 0, 1000);
  const budget = values.budget === undefined ? null : numberIn('budget', values.budget, 0, 1_000_000);
  if (budget !== null && price === null) throw usage('--budget needs --price, what an image costs in US dollars.');
  const { consent = false, rate, concurrency = DEFAULTS.concurrency } = values;
  return {
    ...{ endpoint: endpointIn(manifest, values.endpoint), model: modelIn(manifest, values.model) },
    ...{ consent, budget, price },
    perMinute: rate === undefined ? manifest.ratePerMinute : numberIn('rate', rate.replace(/\/min$/, ''), 0.1, 100_000),
    concurrency: wholeIn('concurrency', concurrency, 1, 64),
    timeoutMs: 1000 * wholeIn('timeout', values.timeout ?? DEFAULTS.timeoutSeconds, 1, 300),
    ...(values.option && { options: optionsIn(manifest, values.option) }),
  };
}

/** @param said each `NAME=VALUE` */
function optionsIn({ name: provider, options }: RemoteManifest, said: readonly string[]): Record<string, string> {
  const chosen = said.map((text) => {
    const [name, value] = text.split('=', 2);
    const known = Object.entries(options).find(([option]) => option === name)?.[1];
    if (!known) {
      const names = Object.keys(options).join(', ');
      throw usage(`${provider} has no --option ${name}. ${names === '' ? 'It has none' : `It has: ${names}`}.`);
    }
    if (known.values.includes(value)) return [name, value];
    throw usage(`--option ${name}=… is one of ${known.values.join(', ')} (${known.is}), not "${text}".`);
  });
  return Object.fromEntries(chosen) as Record<string, string>;
}

function endpointIn({ name, endpoint, endpointExample }: RemoteManifest, said: string | undefined): string {
  const found = said ?? endpoint;
  if (!found) throw usage(`--provider ${name} needs --endpoint, such as ${endpointExample}.`);
  return found;
}

function modelIn({ name, model }: RemoteManifest, said: string | undefined): string {
  if (model === null) {
    if (said !== undefined) throw usage(`--provider ${name} takes no --model: there is nothing to choose.`);
    return '';
  }
  if (!said || !/^[^\p{Cc}]{1,200}$/u.test(said)) throw usage(`--provider ${name} needs --model, ${model}.`);
  return said;
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
