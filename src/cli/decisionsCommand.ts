import { resolve } from 'node:path';
import { Dataset } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import { decisionLogText, writeDecisionLog } from '../core/export/decisionLog';
import type { DecisionLogFormat } from '../core/export/logFormat';
import type { CommandResult } from './commandResult';
import { printable } from './printable';
import { userDataFolder } from './userDataFolder';
import { count } from './words';

export interface DecisionsCommandLine {
  readonly folder: string;
  readonly database: string | undefined;
  readonly format: DecisionLogFormat;
  /** Null for stdout. */
  readonly out: string | null;
}

/** Writes the log of decisions into a file, or to stdout. @throws UserError 'not-indexed' */
export async function decisionsCommand(line: DecisionsCommandLine): Promise<CommandResult> {
  const location = await locateDataset(line.folder, { fallbackFolder: userDataFolder(), database: line.database });
  const dataset = await Dataset.open(location, { access: 'read' });
  try {
    if (line.out === null) {
      for await (const { text } of decisionLogText(dataset.tagging, line.format)) await print(text);
      return { json: {}, text: '', cancelled: false };
    }
    const file = resolve(line.out);
    const decisions = await writeDecisionLog(dataset.tagging, file, line.format);
    const text = `${count(decisions)} ${decisions === 1 ? 'decision' : 'decisions'} written to ${printable(file)}\n`;
    const place = { dataset: location.folder, database: location.database };
    return { json: { command: 'decisions', ...place, file, format: line.format, decisions }, text, cancelled: false };
  } finally {
    await dataset.close();
  }
}

/** The log can be longer than what the reader of a pipe has taken: it waits. */
function print(text: string): Promise<void> {
  return new Promise((done) => void process.stdout.write(text, () => done()));
}
