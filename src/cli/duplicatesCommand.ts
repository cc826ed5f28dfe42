import { resolve } from 'node:path';
import { Dataset } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import { ALL_GROUPS, type DuplicateGroup } from '../core/duplicateDesk';
import { duplicateList, listFormat } from '../core/export/duplicateList';
import { writeWhole } from '../core/export/writeWhole';
import { embedJob } from '../core/jobs/embedJob';
import { alikeJob, type AlikeOptions } from '../core/jobs/alikeJob';
import type { TransformedCopies } from '../core/jobs/findDuplicates';
import type { JobContext } from '../core/jobs/jobContext';
import { FOUND_BY } from '../protocol/duplicatesApi';
import type { CommandResult } from './commandResult';
import { printable } from './printable';
import type { ProgressBar } from './progressBar';
import { startWorkers } from './startWorkers';
import { userDataFolder } from './userDataFolder';
import { count, images } from './words';

export interface DuplicatesCommandLine {
  readonly folder: string;
  readonly database: string | undefined;
  /** Only groups that span splits. */
  readonly leaks: boolean;
  /** Where to write the list: a table (.csv), JSON (.json), or the paths of those not kept; null for nowhere. */
  readonly list: string | null;
  /** Which copies to look for besides those that look the same: with any, duplicates are looked for anew. */
  readonly copies: TransformedCopies;
  /** By whose vectors to look besides, or to look no longer; null for what there is. */
  readonly alike: AlikeOptions | null;
}

/** Groups listed on the terminal; `--json` and `--list` have them all. */
const LISTED = 20;

/**
 * Groups of duplicates with the one to keep; with `leaks`, any group is an alarm. Removes nothing.
 * @throws UserError 'not-indexed', `file-not-writable`
 */
export async function duplicatesCommand(
  line: DuplicatesCommandLine,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<CommandResult> {
  const location = await locateDataset(line.folder, { fallbackFolder: userDataFolder(), database: line.database });
  const transforms = line.copies.flips || line.copies.rotations;
  const searches = transforms || line.alike !== null;
  const dataset = await Dataset.open(location, { access: searches ? 'write' : 'read' });
  try {
    const cancelled = searches && (await search(dataset, line, bar, signal));
    const scope = { ...ALL_GROUPS, leaks: line.leaks };
    const groups = await dataset.duplicateGroups.all(scope);
    const { exact, near, leaks } = await dataset.duplicateGroups.page(ALL_GROUPS, { offset: 0, limit: 1, members: 1 });
    const file = line.list === null ? null : resolve(line.list);
    if (file !== null) await writeWhole(file, duplicateList(groups, listFormat(file)));
    const known = (await dataset.duplicateGroups.searches()).map(({ model, least, pairs }) => ({
      model,
      least,
      pairs,
    }));
    const place = { dataset: location.folder, database: location.database };
    const spare = groups.reduce((sum, { size }) => sum + size - 1, 0);
    const counts = { groups: groups.length, spare, exact, near, leaks };
    return {
      json: {
        ...{ command: 'duplicates', ...place, ...counts, list: file, cancelled },
        ...{ searches: known, duplicates: groups.map(forJson) },
      },
      text: textOf(groups, counts, file),
      cancelled,
      alarm: line.leaks && groups.length > 0,
    };
  } finally {
    bar.clear();
    await dataset.close();
  }
}

/** @returns whether it was cancelled */
async function search(
  dataset: Dataset,
  { copies, alike }: Pick<DuplicatesCommandLine, 'copies' | 'alike'>,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<boolean> {
  const pool = startWorkers(bar, false);
  try {
    const context: JobContext = {
      ...{ dataset, signal, worker: pool.first, analyzers: pool.workers },
      report: bar.show.bind(bar),
      log: bar.message.bind(bar),
    };
    const transforms = copies.flips || copies.rotations;
    if (transforms && (await embedJob(context, { embedder: 'visual-look', copies })).cancelled) return true;
    return alike !== null && (await alikeJob(context, alike)).cancelled;
  } finally {
    await pool.dispose();
  }
}

function forJson({ id, kind, size, foundBy, likeness, splits, members, best }: DuplicateGroup) {
  const keep = members.find((member) => member.id === best.id)!.path;
  return {
    ...{ group: id, kind, size, foundBy, likeness, splits, keep, reason: best.reason },
    images: members.map(({ path, width, height, format, size: bytes, sharpness, ...member }) => ({
      ...{ path, width, height, format, bytes, sharpness },
      ...{ foundBy: member.foundBy, likeness: member.likeness, transform: member.transform, split: member.split },
    })),
  };
}

function textOf(
  groups: readonly DuplicateGroup[],
  { spare, exact, near, leaks }: { spare: number; exact: number; near: number; leaks: number },
  file: string | null,
): string {
  const lines = [
    `${count(exact)} groups of the same bytes, ${count(near)} of alike looks, ${count(leaks)} across splits.`,
    ...groups.slice(0, LISTED).flatMap(groupLines),
  ];
  if (groups.length > LISTED) lines.push(`and ${count(groups.length - LISTED)} more groups (--json has them all)`);
  if (groups.length > 0) lines.push(`${images(spare)} could go while one of each group stays.`);
  if (file !== null) lines.push(`List written to ${printable(file)}`);
  return `${lines.join('\n')}\n`;
}

function groupLines({ kind, members, size, foundBy, splits, best }: DuplicateGroup): string[] {
  const by = foundBy === null || foundBy === FOUND_BY.signCode ? '' : ` by ${foundBy}`;
  const across = splits.length > 1 ? `, across ${splits.join(' and ')}` : '';
  const head = `${images(size)}, ${kind === 'exact' ? 'same bytes' : `alike${by}`}${across}`;
  return [
    head,
    ...members.slice(0, LISTED).map(({ id, path, transform }) => {
      const keep = id === best.id ? `  keep: ${best.reason}` : '';
      return `  ${printable(path)}${transform === null ? '' : ` (${transform})`}${keep}`;
    }),
    ...(members.length > LISTED ? [`  and ${count(size - LISTED)} more`] : []),
  ];
}
