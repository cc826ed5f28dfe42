import * as v from 'valibot';
import { UserError } from '../../protocol/userError';
import { PART_COLUMNS, PART_KINDS, PART_VERSION, partSource, quoted } from './partSchema';
import type { Session } from './session';

/** The run that a part file holds the answers of. */
export interface PartRun {
  /** Which of the files it is from, counted from 0. */
  readonly position: number;
  readonly model: string;
  readonly revision: string | null;
  readonly licence: string | null;
  /** 0 to 100; null of models whose answers have the threshold of all. */
  readonly threshold: number | null;
  /** The same of single dimensions, by name, where it is another one. */
  readonly dimensionThresholds: Readonly<Record<string, number>>;
  /** JSON. */
  readonly settings: string;
}

type StoredRun = Omit<PartRun, 'position' | 'dimensionThresholds'> & { readonly dimension_thresholds: string | null };

const Thresholds = v.record(v.string(), v.pipe(v.number(), v.minValue(0), v.maxValue(100)));

/** Files that are what they should be. Whoever changes them between checking and importing gets an error. */
export interface CheckedParts {
  readonly files: readonly string[];
  /** One of each file, in their order. */
  readonly runs: readonly PartRun[];
}

/**
 * Looks whether files are whole and what they should be, before anything is made of them.
 * @throws UserError 'part-invalid' with the name of the first file that is wrong
 */
export async function checkParts(session: Session, files: readonly string[]): Promise<CheckedParts> {
  const runs: PartRun[] = [];
  for (const [position, file] of files.entries()) {
    try {
      await checkColumns(session, file);
      await checkRows(session, file);
      const [found, ...others] = await session.rows<StoredRun>(
        `SELECT model, revision, licence, threshold, dimension_thresholds, settings
         FROM ${partSource(file)} WHERE kind = 'run'`,
      );
      if (!found || others.length > 0) throw invalid(file, 'It does not hold exactly one row of the kind "run".');
      const { dimension_thresholds: thresholds, ...run } = found;
      if (!run.model || !isObject(run.settings))
        throw invalid(file, 'Its run has no model, or settings that are no JSON.');
      runs.push({ position, ...run, dimensionThresholds: readThresholds(file, thresholds) });
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw invalid(
        file,
        `It cannot be read as parquet. ${error instanceof Error ? error.message : String(error)}`,
        error,
      );
    }
  }
  return { files, runs };
}

/** Puts the rows of files into the temporary table `part_rows`, with the file's `position`. */
export async function stageParts(
  session: Session,
  files: readonly string[],
  { only, each }: { readonly only?: 'image'; readonly each: (done: number) => void },
): Promise<void> {
  const columns = Object.entries(PART_COLUMNS);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE part_rows (position INTEGER, ${columns.map((column) => column.join(' ')).join(', ')})`,
  );
  const names = columns.map(([name]) => name).join(', ');
  for (const [position, file] of files.entries()) {
    await session.run(
      `INSERT INTO part_rows SELECT ${position}, ${names} FROM ${partSource(file)}
       ${only ? `WHERE kind = ${quoted(only)}` : ''}`,
    );
    each(position + 1);
  }
}

async function checkColumns(session: Session, file: string): Promise<void> {
  const found = await session.rows<{ column_name: string; column_type: string }>(
    `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${partSource(file)})`,
  );
  const types = new Map(found.map(({ column_name, column_type }) => [column_name, column_type]));
  for (const [name, type] of Object.entries(PART_COLUMNS)) {
    const actual = types.get(name);
    if (actual === undefined) throw invalid(file, `It has no column "${name}".`);
    if (actual !== type) throw invalid(file, `Its column "${name}" is ${actual} and should be ${type}.`);
  }
}

/** Reads every row: a file that was cut off or altered half-way shows here. */
async function checkRows(session: Session, file: string): Promise<void> {
  const kinds = PART_KINDS.map(quoted).join(', ');
  const { versions, kind, incomplete, scores, strangers } = await session.row<Record<string, boolean>>(
    `SELECT coalesce(bool_or(version IS DISTINCT FROM ${PART_VERSION}), false) AS versions,
       coalesce(bool_or(kind IS NULL OR kind NOT IN (${kinds})), false) AS kind,
       coalesce(bool_or((kind <> 'run' AND (path IS NULL OR size IS NULL))
         OR (kind = 'image' AND content_hash IS NULL)
         OR (kind = 'prediction' AND (dimension IS NULL OR tag IS NULL OR score IS NULL))
         OR (kind IN ('failure', 'file-failure') AND (code IS NULL OR message IS NULL))), false) AS incomplete,
       coalesce(bool_or(kind = 'prediction' AND NOT score BETWEEN 0 AND 100), false) AS scores,
       count(DISTINCT model) > 1 AS strangers
     FROM ${partSource(file)}`,
  );
  if (versions) throw invalid(file, `Its version is not ${PART_VERSION}, the one that this program reads.`);
  if (kind) throw invalid(file, 'It has rows of an unknown kind.');
  if (incomplete) throw invalid(file, 'It has rows without what their kind needs.');
  if (scores) throw invalid(file, 'It has scores that are not from 0 to 100.');
  if (strangers) throw invalid(file, 'It has rows of more than one model.');
}

function readThresholds(file: string, json: string | null): Readonly<Record<string, number>> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Thresholds), json ?? '{}');
  if (parsed.success) return parsed.output;
  throw invalid(file, 'Its column "dimension_thresholds" is no JSON object of numbers from 0 to 100.');
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function invalid(file: string, why: string, cause?: unknown): UserError {
  return new UserError(
    'part-invalid',
    `${file} is not a file of predictions that can be imported. ${why} Make it anew with "datavisor tag FOLDER --shard i/N --out FILE". Nothing was imported.`,
    { cause },
  );
}
