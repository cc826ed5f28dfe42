import { Dataset } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import type { ProviderStatus, TaggingFailure } from '../core/runHistory';
import type { CommandResult } from './commandResult';
import type { CommandLine } from './parseArguments';
import { printable } from './printable';
import { userDataFolder } from './userDataFolder';
import { count, images } from './words';

/** Failures listed on the terminal for each provider; `--json` has them all. */
const LISTED = 50;
/** More than a dataset can have. */
const ALL = 2 ** 31 - 1;

/** What could not be tagged, by whom and why, and when it is tried again. @throws UserError 'not-indexed' */
export async function failuresCommand(line: CommandLine): Promise<CommandResult> {
  const location = await locateDataset(line.folder, { fallbackFolder: userDataFolder(), database: line.database });
  const dataset = await Dataset.open(location, { access: 'read' });
  try {
    const { providers, unreadable } = await dataset.runHistory.providerStatus();
    const { rows } = await dataset.runHistory.failures({ provider: null, offset: 0, limit: ALL });
    const place = { dataset: location.folder, database: location.database };
    return {
      json: { command: 'failures', ...place, unreadable, providers, failures: rows },
      text: failuresText(rows, providers),
      cancelled: false,
    };
  } finally {
    await dataset.close();
  }
}

/** "builtin: 120 tagged, 3 waiting, 1 failed (1 tried again)". */
export function statusLine({ name, completed, pending, failed, retryable }: ProviderStatus): string {
  const again = retryable > 0 ? ` (${count(retryable)} tried again)` : '';
  return `${printable(name)}: ${count(completed)} tagged, ${count(pending)} waiting, ${count(failed)} failed${again}`;
}

function failuresText(rows: readonly TaggingFailure[], providers: readonly ProviderStatus[]): string {
  const byProvider = new Map<string | null, TaggingFailure[]>();
  for (const row of rows) {
    const others = byProvider.get(row.provider);
    if (others) others.push(row);
    else byProvider.set(row.provider, [row]);
  }
  const sections = [...byProvider].map(([provider, failed]) => section(provider, failed));
  if (sections.length === 0) sections.push(['Nothing has failed.']);
  if (providers.length > 0) sections.push(['Providers:', ...providers.map((status) => `  ${statusLine(status)}`)]);
  if (rows.length > 0)
    sections.push(['Try them again now with --retry-failed, say: datavisor tag FOLDER --retry-failed']);
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function section(provider: string | null, failed: readonly TaggingFailure[]): string[] {
  const head =
    provider === null
      ? `${images(failed.length)} that cannot be used:`
      : `${images(failed.length)} that ${printable(provider)} could not answer for:`;
  const lines = failed.slice(0, LISTED).map(failureLine);
  if (failed.length > LISTED) lines.push(`  and ${count(failed.length - LISTED)} more (--json lists them all)`);
  return [head, ...lines];
}

function failureLine({ path, reason, attempts, nextTry }: TaggingFailure): string {
  const tried = attempts === 1 ? 'tried once' : `tried ${count(attempts)} times`;
  const next =
    nextTry === null ? 'not again by itself' : `again from ${nextTry.replace('T', ' ').replace('Z', ' UTC')}`;
  return `  ${printable(path)}: ${printable(reason)} (${tried}, ${next})`;
}
