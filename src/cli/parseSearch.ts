import { commandArguments, usage, type ReadyCommand } from './commandArguments';
import type { SearchCommandLine } from './searchCommand';

const DEFAULT_LIMIT = 20;
const MOST_IMAGES = 1_000_000;
/** Words of a query that was not put in quotes. */
const MOST_WORDS = 100;

/** @throws UserError 'usage' */
export function parseSearch(args: readonly string[]): ReadyCommand {
  const { values, rest, ...place } = commandArguments(
    args,
    { filter: { type: 'string' }, view: { type: 'string' }, limit: { type: 'string' } },
    MOST_WORDS,
  );
  const { filter = null, view = null, limit } = values;
  const query = rest.length > 0 ? rest.join(' ') : null;
  if (query === null && filter === null && view === null) {
    throw usage(`Say what to look for: datavisor search FOLDER 'crowded street', or --filter EXPR, or --view NAME.`);
  }
  const line: SearchCommandLine = { ...place, query, filter, view, limit: limitIn(limit) };
  return {
    run: async () => {
      const { searchCommand } = await import('./searchCommand');
      return searchCommand(line);
    },
  };
}

function limitIn(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= MOST_IMAGES) return number;
  throw usage(`--limit needs a number from 1 to ${MOST_IMAGES}, not "${text}".`);
}
