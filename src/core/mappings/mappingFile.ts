import Papa from 'papaparse';
import { UserError } from '../../protocol/userError';

export const FILE_ACTIONS = ['map', 'ignore', 'alias', 'imply'] as const;
export type FileAction = (typeof FILE_ACTIONS)[number];

/** One row of a mapping file as it stands there. Cells are trimmed. */
export interface FileRow {
  /** Of the file, from 1, the header included. */
  readonly line: number;
  readonly provider: string;
  readonly external: string;
  readonly action: string;
  readonly tag: string;
  readonly dimension: string;
  readonly factor: string;
}

/** The general header; the one of Danbooru lists names the same columns in its own way. */
export const COLUMNS = ['provider', 'external_tag', 'action', 'tag', 'dimension', 'factor'] as const;
type Column = (typeof COLUMNS)[number];

const OTHER_NAMES: Readonly<Record<string, Column>> = { danbooru_tag: 'external_tag', internal_tag_title: 'tag' };

/** A spreadsheet would take a cell that begins so for a formula; an apostrophe before it says that it is a text. */
const FORMULA = /^'*[=+\-@\t\r]/;
const QUOTED_FORMULA = /^'+[=+\-@\t\r]/;

/**
 * Reads a mapping file: CSV with a header, separated by commas, semicolons or tabs.
 * @throws UserError `mapping-file` when it is empty, lacks a column or is no CSV.
 */
export function readMappingFile(csv: string): FileRow[] {
  const { data, errors } = Papa.parse<string[]>(csv.replace(/^\uFEFF/, ''), { delimitersToGuess: [',', ';', '\t'] });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) {
    throw new UserError(
      'mapping-file',
      `Row ${(broken.row ?? 0) + 1} of the file has a quotation mark that is never closed. Close it, or write it twice.`,
    );
  }
  const [header, ...rows] = data;
  const places = columnPlaces(header ?? []);
  let line = 2 + linesIn(header ?? []);
  return rows.flatMap((cells) => {
    const at = line;
    line += 1 + linesIn(cells);
    if (cells.every((cell) => cell.trim() === '')) return [];
    const cell = (column: Column) => plainText(cells[places.get(column) ?? -1] ?? '');
    return [
      {
        ...{ line: at, provider: cell('provider'), external: cell('external_tag') },
        ...{ action: cell('action').toLowerCase(), tag: cell('tag') },
        ...{ dimension: cell('dimension'), factor: cell('factor') },
      },
    ];
  });
}

/** The same file for rows of the dataset; what a spreadsheet would take for a formula is marked as a text. */
export function writeMappingFile(rows: readonly Omit<FileRow, 'line'>[]): string {
  const safe = (text: string) => (FORMULA.test(text) ? `'${text}` : text);
  const data = rows.map((row) =>
    [row.provider, row.external, row.action, row.tag, row.dimension, row.factor].map(safe),
  );
  return `${Papa.unparse({ fields: [...COLUMNS], data }, { newline: '\n' })}\n`;
}

function columnPlaces(header: readonly string[]): Map<Column, number> {
  const places = new Map<Column, number>();
  header.forEach((text, index) => {
    const name = text.trim().toLowerCase();
    const column = OTHER_NAMES[name] ?? COLUMNS.find((known) => known === name);
    if (column && !places.has(column)) places.set(column, index);
  });
  const missing = (['external_tag', 'tag'] as const).filter((column) => !places.has(column));
  if (missing.length === 0) return places;
  throw new UserError(
    'mapping-file',
    `The first row of the file lacks ${missing.map((name) => `“${name}”`).join(' and ')}. It must read ` +
      `“${COLUMNS.join(',')}” or “danbooru_tag,internal_tag_title,action”.`,
  );
}

function plainText(cell: string): string {
  const text = cell.trim();
  return QUOTED_FORMULA.test(text) ? text.slice(1) : text;
}

function linesIn(cells: readonly string[]): number {
  return cells.reduce((lines, cell) => lines + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}
