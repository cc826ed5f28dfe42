import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Dataset } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import type { MappingPage, MappingReport } from '../core/policyDesk';
import { UserError } from '../protocol/userError';
import type { CommandResult } from './commandResult';
import type { MappingsCommandLine } from './mappingsCommandLine';
import { printable } from './printable';
import { userDataFolder } from './userDataFolder';
import { count } from './words';

/** Rows listed on the terminal; `--json` has them all. */
const LISTED = 50;
/** More than a mapping can have. */
const ALL = 2 ** 31 - 1;

/** Lists how names of models become tags, takes a CSV file in, or writes one. @throws UserError */
export async function mappingsCommand(line: MappingsCommandLine): Promise<CommandResult> {
  const csv = line.action === 'import' ? await readText(line.file) : '';
  const location = await locateDataset(line.folder, { fallbackFolder: userDataFolder(), database: line.database });
  const dataset = await Dataset.open(location, { access: line.action === 'import' ? 'write' : 'read' });
  const place = { command: 'mappings', dataset: location.folder, database: location.database };
  try {
    if (line.action === 'import') {
      const report = await dataset.policy.importMappings(csv, { replace: line.replace });
      return { json: { ...place, file: line.file, ...report }, text: reportText(report), cancelled: false };
    }
    if (line.action === 'export') {
      const { csv: text, rows } = await dataset.policy.exportMappings();
      await writeText(line.file, text);
      const written = `${count(rows)} ${rows === 1 ? 'row' : 'rows'} written to ${printable(line.file)}\n`;
      return { json: { ...place, file: line.file, rows }, text: written, cancelled: false };
    }
    const page = await dataset.policy.mappings({ text: '', show: 'all', offset: 0, limit: ALL });
    const rules = await dataset.policy.tagRules();
    return { json: { ...place, ...page, ...rules }, text: listText(page), cancelled: false };
  } finally {
    await dataset.close();
  }
}

function reportText({ added, replaced, kept, refused, rows }: MappingReport): string {
  const sums = `${count(added)} added, ${count(replaced)} replaced, ${count(kept)} kept, ${count(refused)} refused`;
  const lines = rows
    .filter(({ outcome }) => outcome !== 'replaced')
    .slice(0, LISTED)
    .map((row) => `  line ${row.line}, ${printable(row.external)}: ${row.outcome}. ${printable(row.reason ?? '')}`);
  return `${[sums, ...lines].join('\n')}\n`;
}

function listText({ counts, rows }: MappingPage): string {
  const sums = `${count(counts.mapped)} mapped, ${count(counts.ignored)} ignored, ${count(counts.unmapped)} not mapped`;
  const lines = rows.slice(0, LISTED).map(({ provider, external, action, tag, predictions }) => {
    const target = action === 'map' ? ` → ${printable(tag ?? '')}` : action === 'ignore' ? ': ignored' : ': not mapped';
    const who = provider === '' ? '' : ` (${printable(provider)})`;
    return `  ${printable(external)}${target}${who}, ${count(predictions)} predictions`;
  });
  if (rows.length > LISTED) lines.push(`  and ${count(rows.length - LISTED)} more (--json lists them all)`);
  return `${[sums, ...lines].join('\n')}\n`;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(resolve(file), 'utf8');
  } catch (error) {
    throw new UserError('file-unreadable', `The file ${file} could not be read. ${String(error)}`, { cause: error });
  }
}

async function writeText(file: string, text: string): Promise<void> {
  try {
    await writeFile(resolve(file), text);
  } catch (error) {
    throw new UserError('file-unwritable', `The file ${file} could not be written. ${String(error)}`, { cause: error });
  }
}
