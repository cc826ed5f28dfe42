import { commandArguments, usage, type ReadyCommand } from './commandArguments';

/** `import-predictions FOLDER FILE…`. @throws UserError 'usage' */
export function parseImport(args: readonly string[]): ReadyCommand {
  const { folder, database, rest: files } = commandArguments(args, {}, Infinity);
  if (files.length === 0) throw usage('Say which files: datavisor import-predictions FOLDER part-*.parquet.');
  return {
    run: async (bar, signal) => {
      const { importCommand } = await import('./importCommand');
      return importCommand({ folder, database, files }, bar, signal);
    },
  };
}
