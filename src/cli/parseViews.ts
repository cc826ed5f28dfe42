import { commandArguments, type ReadyCommand } from './commandArguments';

/** A call of `views`. */
export interface ViewsCommandLine {
  readonly folder: string;
  readonly database: string | undefined;
  readonly json: boolean;
}

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
