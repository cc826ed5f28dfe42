import { commandArguments, usage, type ReadyCommand } from './commandArguments';
import { MAPPING_ACTIONS, type MappingsCommandLine } from './mappingsCommandLine';

/** `mappings FOLDER [list | import FILE | export FILE] [--replace]`. @throws UserError 'usage' */
export function parseMappings(args: readonly string[]): ReadyCommand {
  const options = { replace: { type: 'boolean' } } as const;
  const { values, folder, database, rest } = commandArguments(args, options, 2);
  const [name = 'list', file = ''] = rest;
  const action = MAPPING_ACTIONS.find((known) => known === name);
  if (!action) throw usage(`"mappings" can ${MAPPING_ACTIONS.join(', ')}, not "${name}".`);
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
