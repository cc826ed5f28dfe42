import type { ReadyCommand } from './commandArguments';
import { parseDecisions } from './parseDecisions';

/** Commands that read their arguments themselves, by name. */
export const OWN_COMMANDS: ReadonlyMap<string, (args: readonly string[]) => ReadyCommand> = new Map([
  ['decisions', parseDecisions],
]);
