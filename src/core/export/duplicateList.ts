import { unparse } from 'papaparse';
import type { DuplicateGroup } from '../duplicateDesk';

/** One image of a group in the list. */
export interface DuplicateRow {
  readonly group: number;
  readonly kind: 'exact' | 'near';
  readonly path: string;
  readonly keep: boolean;
  /** Why it is best to keep, or '' for the others. */
  readonly reason: string;
  /** What told that it is like the middle of its group; '' for that one and for its copies. */
  readonly foundBy: string;
  /** How much, in percent. */
  readonly likeness: number;
  readonly transform: string;
  readonly split: string;
  readonly width: number;
  readonly height: number;
  readonly format: string;
  readonly size: number;
}

const COLUMNS = [
  ...['group', 'kind', 'path', 'keep', 'reason', 'foundBy', 'likeness', 'transform', 'split'],
  ...['width', 'height', 'format', 'size'],
] as const satisfies readonly (keyof DuplicateRow)[];

export type DuplicateListFormat = 'csv' | 'json' | 'txt';

/** The format that the name of a file asks for. */
export function listFormat(file: string): DuplicateListFormat {
  const ending = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  return ending === 'csv' || ending === 'json' ? ending : 'txt';
}

/** Rows of all images of the groups. */
export function duplicateRows(groups: readonly DuplicateGroup[]): DuplicateRow[] {
  return groups.flatMap(({ id, kind, members, best }) =>
    members.map((member) => ({
      ...{ group: id, kind, path: member.path, keep: member.id === best.id },
      reason: member.id === best.id ? best.reason : '',
      ...{ foundBy: member.foundBy ?? '', likeness: inTenths(member.likeness) },
      ...{ transform: member.transform ?? '', split: member.split ?? '' },
      ...{ width: member.width, height: member.height, format: member.format ?? '', size: member.size },
    })),
  );
}

/** As a table, as JSON, or (`txt`) the paths of those that are not kept, one a line. */
export function duplicateList(groups: readonly DuplicateGroup[], format: DuplicateListFormat): string {
  const rows = duplicateRows(groups);
  switch (format) {
    case 'csv':
      return `${unparse(rows, { columns: [...COLUMNS], newline: '\n' })}\n`;
    case 'json':
      return `${JSON.stringify(rows, null, 2)}\n`;
    case 'txt':
      return rows.flatMap(({ keep, path }) => (keep ? [] : [`${path}\n`])).join('');
  }
}

function inTenths(percent: number): number {
  return Math.round(10 * percent) / 10;
}
