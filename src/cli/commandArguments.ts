import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UserError } from '../protocol/userError';
import type { CommandResult } from './commandResult';
import type { ProgressBar } from './progressBar';

/** A command that reads its arguments itself, ready to run. Loads what it needs when it runs. */
export interface ReadyCommand {
  readonly run: (bar: ProgressBar, signal: AbortSignal) => Promise<CommandResult>;
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Options that every command on a folder takes. */
const COMMON = { json: { type: 'boolean' }, db: { type: 'string' } } as const satisfies Options;

/**
 * Reads the call of a command on a folder.
 * @param args with the command's name in front
 * @param more how many positionals may follow on the folder
 * @throws UserError 'usage'
 */
export function commandArguments<O extends Options>(args: readonly string[], options: O, more = 0) {
  const { values, positionals } = read(args, { ...COMMON, ...options });
  const [command, folder, ...rest] = positionals;
  const common = values as { readonly json?: boolean; readonly db?: string };
  if (!folder) throw usage(`Say which folder: datavisor ${command} FOLDER.`);
  if (rest.length > more) throw usage(`"${rest[more]}" is one too many.`);
  if (common.db === '') throw usage('--db needs the name of a file.');
  return { values, folder, rest, json: common.json ?? false, database: common.db };
}

export function usage(message: string): UserError {
  return new UserError('usage', message);
}

function read<O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}
