import { parseArgs } from 'node:util';
import { usage, type ReadyCommand } from './commandArguments';
import type { RemoteManifest } from '../protocol/remoteManifest';
import type { Shard } from '../core/parts/shard';
import { MAP_OPTIONS, mapOptions, type MapCommandLine } from './mapOptions';
import { BUILT_IN, DEVICES, type VariantOptions } from './modelOptions';
import { OWN_COMMANDS } from './ownCommands';
import { REMOTE_OPTIONS, remoteOptions, type RemoteCommandLine } from './remoteOptions';

export { BUILT_IN, type VariantOptions } from './modelOptions';

/** Commands on a folder. */
export const COMMANDS = ['index', 'tag', 'embed', 'project', 'run', 'facets', 'info', 'failures'] as const;
export type CommandName = (typeof COMMANDS)[number];
/** Commands that change the dataset; the others only read it. */
export type JobCommandName = Exclude<CommandName, 'facets' | 'info' | 'failures'>;

const MODEL_ACTIONS = ['list', 'download', 'verify', 'remove', 'try'] as const;
const MOST_FREE_TAGS = 100;

export interface CommandLine extends VariantOptions {
  readonly command: CommandName;
  readonly folder: string;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly database: string | undefined;
  readonly retryFailed: boolean;
  /** Null without `--filter`. */
  readonly filter: string | null;
  /** Who tags, one after the other: names of models and of providers that images are sent to, or that of `BUILT_IN`. */
  readonly providers: readonly string[];
  /** Name of a model, or that of `BUILT_IN`. */
  readonly embedder: string;
  /** Folder that holds the model's files. */
  readonly modelDir: string | undefined;
  /** Dimensions to ask; null for those that the built-in tagger does not answer. */
  readonly ask: readonly string[] | null;
  readonly freeTags: number;
  readonly caption: boolean;
  /** Does one slice and writes it into a file instead of a database. */
  readonly slice?: { readonly shard: Shard; readonly out: string };
  readonly map: MapCommandLine;
  /** Null where none of the providers is one that images are sent to. */
  readonly remote: RemoteCommandLine | null;
}

/** A call of `models`. */
export interface ModelsCommandLine extends VariantOptions {
  readonly command: 'models';
  readonly action: (typeof MODEL_ACTIONS)[number];
  /** Null to list them. */
  readonly name: string | null;
  /** The folder of images whose own models are listed or tried. */
  readonly folder: string | undefined;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly database: string | undefined;
}

const OPTIONS = {
  json: { type: 'boolean' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  db: { type: 'string' },
  provider: { type: 'string' },
  embedder: { type: 'string' },
  'model-dir': { type: 'string' },
  device: { type: 'string' },
  dtype: { type: 'string' },
  ask: { type: 'string' },
  'free-tags': { type: 'string' },
  caption: { type: 'boolean' },
  'retry-failed': { type: 'boolean' },
  filter: { type: 'string' },
  shard: { type: 'string' },
  out: { type: 'string' },
  ...MAP_OPTIONS,
  ...REMOTE_OPTIONS,
} as const;

const WITH_MODELS = ['tag', 'embed', 'project', 'run'] as const;

/** Options that only some commands take. */
const ONLY_FOR: Readonly<Partial<Record<string, readonly (CommandName | 'models')[]>>> = {
  db: [...COMMANDS, 'models'],
  provider: ['tag', 'run'],
  embedder: ['embed', 'project', 'run'],
  'model-dir': WITH_MODELS,
  device: [...WITH_MODELS, 'models'],
  dtype: [...WITH_MODELS, 'models'],
  ask: ['tag', 'run'],
  'free-tags': ['tag', 'run'],
  caption: ['tag', 'run'],
  'retry-failed': ['tag', 'embed', 'project', 'run'],
  filter: ['facets'],
  shard: ['tag'],
  out: ['tag'],
  ...Object.fromEntries(Object.keys(MAP_OPTIONS).map((option) => [option, ['project'] as const])),
  ...Object.fromEntries(Object.keys(REMOTE_OPTIONS).map((option) => [option, ['tag', 'run'] as const])),
};

/**
 * @param remote the providers that images can be sent to
 * @throws UserError 'usage' for anything that is not a call as `USAGE` describes it
 */
export function parseArguments(
  args: readonly string[],
  remote: readonly RemoteManifest[] = [],
): CommandLine | ModelsCommandLine | ReadyCommand | 'help' | 'version' {
  const own = ownCommand(args);
  if (own) return own(args);
  const { values, positionals } = parse(args);
  if (values.version) return 'version';
  const [name, folder, ...rest] = positionals;
  if (values.help || name === 'help') return 'help';
  if (name === undefined) throw usage('Say what to do: a command and a folder.');
  const command = name === 'models' ? name : COMMANDS.find((known) => known === name);
  if (!command) throw usage(`There is no command "${name}".`);
  for (const option of Object.keys(values)) {
    const takers = ONLY_FOR[option];
    if (takers && !takers.includes(command)) throw usage(`"${command}" takes no --${option}.`);
  }
  if (command === 'models') return modelsCommand(values, positionals.slice(1));
  if (folder === undefined || folder === '') throw usage(`Say which folder: datavisor ${command} FOLDER.`);
  if (rest.length > 0) throw usage(`One folder at a time: "${rest[0]}" is one too many.`);
  if (values.db === '') throw usage('--db needs the name of a file.');
  const { embedder = BUILT_IN.embedder } = values;
  const providers = namesIn('provider', values.provider ?? BUILT_IN.provider);
  requireModel(values, providers, embedder);
  return {
    ...{ command, folder, providers, embedder },
    json: values.json ?? false,
    verbose: values.verbose ?? false,
    database: values.db,
    retryFailed: values['retry-failed'] ?? false,
    filter: values.filter ?? null,
    modelDir: values['model-dir'],
    ...variantOptions(values),
    ask: values.ask === undefined ? null : namesIn('ask', values.ask),
    freeTags: freeTagsIn(values['free-tags']),
    caption: values.caption ?? false,
    ...sliceOptions(values, providers),
    map: mapOptions(values),
    remote: remoteOptions(providers, values, remote),
  };
}

type Values = ReturnType<typeof parse>['values'];

function modelsCommand(values: Values, [actionName = 'list', ...rest]: readonly string[]): ModelsCommandLine {
  const action = MODEL_ACTIONS.find((known) => known === actionName);
  if (!action) throw usage(`"models" can ${MODEL_ACTIONS.join(', ')}, not "${actionName}".`);
  const [name, folder] =
    action === 'list' ? [null, rest.shift()] : [rest.shift(), action === 'try' ? rest.shift() : undefined];
  if (name === undefined || name === '') throw usage(`Say which model: datavisor models ${action} NAME.`);
  if (action === 'try' && !folder) throw usage('Say on which images: datavisor models try NAME FOLDER.');
  if (rest.length > 0) throw usage(`"${rest[0]}" is one too many for "models ${action}".`);
  if (values.db === '') throw usage('--db needs the name of a file.');
  if (values.db !== undefined && action !== 'try') throw usage(`"models ${action}" takes no --db.`);
  const common = { json: values.json ?? false, verbose: values.verbose ?? false, database: values.db };
  return { command: 'models', action, name, folder, ...common, ...variantOptions(values) };
}

/** Options about a model mean nothing where the built-in provider and embedder are used. */
function requireModel(values: Values, providers: readonly string[], embedder: string): void {
  const tags = providers.some((provider) => provider !== BUILT_IN.provider);
  for (const option of ['ask', 'free-tags', 'caption'] as const) {
    if (values[option] !== undefined && !tags) throw usage(`--${option} needs a --provider that is a model.`);
  }
  for (const option of ['model-dir', 'device', 'dtype'] as const) {
    if (values[option] !== undefined && !tags && embedder === BUILT_IN.embedder) {
      throw usage(`--${option} needs a --provider or an --embedder that is a model.`);
    }
  }
}

function variantOptions({ device = 'auto', dtype }: Values): VariantOptions {
  const known = DEVICES.find((one) => one === device);
  if (!known) throw usage(`--device is one of ${DEVICES.join(', ')}, not "${device}".`);
  return { device: known, dtype };
}

function sliceOptions(
  { shard, out, db, 'retry-failed': retry }: Values,
  providers: readonly string[],
): Pick<CommandLine, 'slice'> {
  if (shard === undefined && out === undefined) return {};
  if (shard === undefined || !out) throw usage('--shard i/N and --out FILE go together.');
  if (db !== undefined || retry !== undefined) {
    throw usage('--shard keeps no database: it goes with neither --db nor --retry-failed.');
  }
  if (providers.length > 1) throw usage('--shard takes one --provider: a file holds what one said. Make one for each.');
  const [, index, count] = /^(\d{1,9})\/(\d{1,9})$/.exec(shard)?.map(Number) ?? [];
  if (index !== undefined && count !== undefined && index < count) return { slice: { shard: { index, count }, out } };
  throw usage(`--shard needs i/N with i from 0 to N-1, such as 0/8 to 7/8, not "${shard}".`);
}

function namesIn(option: 'ask' | 'provider', list: string): string[] {
  const names = list.split(',').map((name) => name.trim());
  if (names.includes('')) {
    const what = option === 'ask' ? 'dimensions' : 'providers';
    throw usage(`--${option} needs names of ${what} with commas between them.`);
  }
  return [...new Set(names)];
}

function freeTagsIn(text = '0'): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= MOST_FREE_TAGS) return number;
  throw usage(`--free-tags needs a number from 0 to ${MOST_FREE_TAGS}, not "${text}".`);
}

/** Options may come before the command, so that its name is not always the first word. */
function ownCommand(args: readonly string[]): ((args: readonly string[]) => ReadyCommand) | undefined {
  const config = { args: [...args], options: OPTIONS, allowPositionals: true, strict: false } as const;
  const { values, positionals } = parseArgs(config);
  return values.help || values.version ? undefined : OWN_COMMANDS.get(positionals[0] ?? '');
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}
