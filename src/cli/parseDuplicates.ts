import { DEFAULT_LEAST, LEAST_LEAST, MOST_LEAST } from '../core/duplicates/likeness';
import type { AlikeOptions } from '../core/jobs/alikeJob';
import { commandArguments, usage, type ReadyCommand } from './commandArguments';

/**
 * `duplicates FOLDER [--leaks] [--list FILE] [--flips] [--rotations] [--by MODEL [--least PERCENT]] [--forget MODEL]`.
 * @throws UserError 'usage'
 */
export function parseDuplicates(args: readonly string[]): ReadyCommand {
  const options = {
    leaks: { type: 'boolean' },
    list: { type: 'string' },
    flips: { type: 'boolean' },
    rotations: { type: 'boolean' },
    by: { type: 'string' },
    least: { type: 'string' },
    forget: { type: 'string' },
  } as const;
  const { values, folder, database } = commandArguments(args, options);
  const { leaks = false, list = null, flips = false, rotations = false } = values;
  if (list === '') throw usage('--list needs the name of a file.');
  const alike = alikeOptions(values);
  return {
    run: async (bar, signal) => {
      const { duplicatesCommand } = await import('./duplicatesCommand');
      return duplicatesCommand({ folder, database, leaks, list, copies: { flips, rotations }, alike }, bar, signal);
    },
  };
}

function alikeOptions({ by, least, forget }: { by?: string; least?: string; forget?: string }): AlikeOptions | null {
  if (by === '' || forget === '')
    throw usage('--by and --forget need the name of a model that has embedded the images.');
  if (by !== undefined && forget !== undefined) throw usage('Give either --by or --forget.');
  if (least !== undefined && by === undefined) throw usage('--least needs --by MODEL.');
  if (forget !== undefined) return { model: forget, least: null };
  if (by === undefined) return null;
  const percent = least === undefined ? DEFAULT_LEAST : Number(least || NaN);
  if (percent >= LEAST_LEAST && percent <= MOST_LEAST) return { model: by, least: percent };
  throw usage(`--least needs a cosine in percent, from ${LEAST_LEAST} to ${MOST_LEAST}.`);
}
