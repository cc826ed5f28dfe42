import { commandArguments, usage, type ReadyCommand } from './commandArguments';

const ACTIONS = ['list', 'import', 'export'] as const;

export interface MappingsCommandLine {
  readonly folder: string;
  readonly database: string | undefined;
  readonly action: (typeof ACTIONS)[number];
  /** Empty to list. */
  readonly file: string;
  readonly replace: boolean;
}

/** `mappings FOLDER [list | import FILE | export FILE] [--replace]`. @throws UserError 'usage' */
export function parseMappings(args: readonly string[]): ReadyCommand {
  const options = { replace: { type: 'boolean' } } as const;
  const { values, folder, database, rest } = commandArguments(args, options, 2);
  const [name = 'list', file = ''] = rest;
  const action = ACTIONS.find((known) => known === name);
  if (!action) throw usage(`"mappings" can ${ACTIONS.join(', ')}, not "${name}".`);
  if (action === 'list' && file !== '') throw usage(`"${file}" is one too many.`);
  if (action !== 'list' && file === '') throw usage(`Say which file: datavisor mappings FOLDER ${action} FILE.`);
  if (values.replace && action !== 'import') throw usage('--replace is for "mappings FOLDER import FILE".');
  const line: MappingsCommandLine = { folder, database, action, file, replace: values.replace ?? false };
  return {
    run: async () => {
      const { mappingsCommand } = await import('./mappingsCommand');
      return mappingsCommand(line);
    },
  };
}
