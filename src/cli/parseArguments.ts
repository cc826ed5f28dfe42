import { parseArgs } from 'node:util';
import { UserError } from '../protocol/userError';

export const COMMANDS = ['index', 'tag', 'embed', 'project', 'run', 'facets', 'info'] as const;
export type CommandName = (typeof COMMANDS)[number];
/** Commands that change the dataset; the others only read it. */
export type JobCommandName = Exclude<CommandName, 'facets' | 'info'>;

export interface CommandLine {
  readonly command: CommandName;
  readonly folder: string;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly database: string | undefined;
  readonly retryFailed: boolean;
  /** Null without `--filter`. */
  readonly filter: string | null;
}

const OPTIONS = {
  json: { type: 'boolean' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  db: { type: 'string' },
  provider: { type: 'string' },
  'retry-failed': { type: 'boolean' },
  filter: { type: 'string' },
} as const;

/** Options that only some commands take. */
const ONLY_FOR: Readonly<Partial<Record<string, readonly CommandName[]>>> = {
  provider: ['tag'],
  'retry-failed': ['tag', 'run'],
  filter: ['facets'],
};

/** @throws UserError 'usage' for anything that is not a call as `USAGE` describes it */
export function parseArguments(args: readonly string[]): CommandLine | 'help' | 'version' {
  const { values, positionals } = parse(args);
  if (values.version) return 'version';
  const [name, folder, ...rest] = positionals;
  if (values.help || name === 'help') return 'help';
  if (name === undefined) throw usage('Say what to do: a command and a folder.');
  const command = COMMANDS.find((known) => known === name);
  if (!command) throw usage(`There is no command "${name}".`);
  if (folder === undefined || folder === '') throw usage(`Say which folder: datavisor ${command} FOLDER.`);
  if (rest.length > 0) throw usage(`One folder at a time: "${rest[0]}" is one too many.`);
  for (const option of Object.keys(values)) {
    const takers = ONLY_FOR[option];
    if (takers && !takers.includes(command)) throw usage(`"${command}" takes no --${option}.`);
  }
  if (values.db === '') throw usage('--db needs the name of a file.');
  const { provider = 'builtin' } = values;
  if (provider !== 'builtin') throw usage(`There is no provider "${provider}". This version has: builtin.`);
  return {
    command,
    folder,
    json: values.json ?? false,
    verbose: values.verbose ?? false,
    database: values.db,
    retryFailed: values['retry-failed'] ?? false,
    filter: values.filter ?? null,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function usage(message: string): UserError {
  return new UserError('usage', message);
}
