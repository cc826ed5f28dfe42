import { commandArguments, usage, type ReadyCommand } from './commandArguments';

/** `duplicates FOLDER [--leaks] [--list FILE] [--flips] [--rotations]`. @throws UserError 'usage' */
export function parseDuplicates(args: readonly string[]): ReadyCommand {
  const options = {
    leaks: { type: 'boolean' },
    list: { type: 'string' },
    flips: { type: 'boolean' },
    rotations: { type: 'boolean' },
  } as const;
  const { values, folder, database } = commandArguments(args, options);
  const { leaks = false, list = null, flips = false, rotations = false } = values;
  if (list === '') throw usage('--list needs the name of a file.');
  return {
    run: async (bar, signal) => {
      const { duplicatesCommand } = await import('./duplicatesCommand');
      return duplicatesCommand({ folder, database, leaks, list, copies: { flips, rotations } }, bar, signal);
    },
  };
}
