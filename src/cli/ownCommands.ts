import type { ReadyCommand } from './commandArguments';
import { parseDecisions } from './parseDecisions';
import { parseDuplicates } from './parseDuplicates';
import { parseImport } from './parseImport';
import { parseMappings } from './parseMappings';
import { parsePolicy } from './parsePolicy';
import { parseSearch } from './parseSearch';
import { parseSimilar } from './parseSimilar';
import { parseViews } from './parseViews';

/** Commands that read their arguments themselves, by name. */
export const OWN_COMMANDS: ReadonlyMap<string, (args: readonly string[]) => ReadyCommand> = new Map([
  ['decisions', parseDecisions],
  ['duplicates', parseDuplicates],
  ['import-predictions', parseImport],
  ['mappings', parseMappings],
  ['policy', parsePolicy],
  ['search', parseSearch],
  ['similar', parseSimilar],
  ['views', parseViews],
]);
