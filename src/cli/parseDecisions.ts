import { LOG_FORMATS } from '../core/export/logFormat';
import { commandArguments, usage, type ReadyCommand } from './commandArguments';

/** `decisions FOLDER [--format jsonl|csv] [--out FILE]`. @throws UserError 'usage' */
export function parseDecisions(args: readonly string[]): ReadyCommand {
  const options = { format: { type: 'string' }, out: { type: 'string' } } as const;
  const { values, folder, database, json } = commandArguments(args, options);
  const { out = null } = values;
  if (out === '') throw usage('--out needs the name of a file.');
  if (json && out === null) throw usage('--json needs --out FILE here, as the log itself would go to stdout.');
  const format = values.format ?? (out?.toLowerCase().endsWith('.csv') ? 'csv' : 'jsonl');
  const known = LOG_FORMATS.find((one) => one === format);
  if (!known) throw usage(`--format is one of ${LOG_FORMATS.join(', ')}, not "${format}".`);
  return {
    run: async () => {
      const { decisionsCommand } = await import('./decisionsCommand');
      return decisionsCommand({ folder, database, format: known, out });
    },
  };
}
