import { commandArguments, type ReadyCommand } from './commandArguments';

/** @throws UserError 'usage' */
export function parseViews(args: readonly string[]): ReadyCommand {
  const { folder, database, json } = commandArguments(args, {});
  return {
    run: async () => {
      const { viewsCommand } = await import('./viewsCommand');
      return viewsCommand({ folder, database, json });
    },
  };
}
