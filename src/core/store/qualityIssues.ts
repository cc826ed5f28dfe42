import { UserError } from '../../protocol/userError';
import { ISSUE_JOINS, ISSUES, type Issue } from '../quality/issues';
import { remember } from './remember';
import type { Session } from './session';

/** An issue with the threshold that holds in this dataset. */
export interface StoredIssue extends Issue {
  /** Where it lies while nobody moves it. */
  readonly usual: number;
}

/** How the numbers of an issue lie. */
export interface IssueHistogram {
  /** Images in each of the equal steps from `least` to `most`; those beyond are in the first or the last one. */
  readonly counts: Int32Array;
  /** Images whose number is not known. */
  readonly unknown: number;
}

export interface CountedIssue extends StoredIssue, IssueHistogram {
  /** Images that have it. */
  readonly samples: number;
}

/** Under which names it is remembered that `search_issues` is there, and what was counted. */
const STAGED = 'search_issues';
const COUNTED = 'counted_issues';
/** Steps of a histogram: finer than a slider can be moved by. */
const BINS = 200;

export async function readIssues(session: Session): Promise<StoredIssue[]> {
  const rows = await session.rows<{ issue: string; threshold: number }>('FROM issue_thresholds');
  const moved = new Map(rows.map(({ issue, threshold }) => [issue, threshold]));
  return ISSUES.map((issue) => ({
    ...issue,
    usual: issue.threshold,
    threshold: moved.get(issue.name) ?? issue.threshold,
  }));
}

/** @param threshold null: back to the usual one @throws UserError `issue-unknown`, `issue-threshold` */
export async function setIssueThreshold(session: Session, name: string, threshold: number | null): Promise<void> {
  const issue = ISSUES.find((known) => known.name === name);
  if (!issue) {
    const names = ISSUES.map((known) => known.name).join(', ');
    throw new UserError('issue-unknown', `There is no issue "${name}". Use one of: ${names}.`);
  }
  if (threshold !== null && !(threshold >= issue.least && threshold <= issue.most)) {
    const { least, most } = issue;
    throw new UserError('issue-threshold', `The threshold of ${name} lies between ${least} and ${most}.`);
  }
  await session.run('DELETE FROM issue_thresholds WHERE issue = $1', [name]);
  if (threshold !== null) await session.run('INSERT INTO issue_thresholds VALUES ($1, $2::DOUBLE)', [name, threshold]);
  for (const name of [STAGED, COUNTED]) session.remembered.files.delete(name); // what was measured is as it was
}

/**
 * Makes sure of the temp tables `issue_numbers` (id, and a column for each issue) and `search_issues` (id, issues), where
 * bit n of `issues` stands for the n-th of `ISSUES`; samples without an issue are not in the latter.
 */
export function stageIssues(session: Session): Promise<void> {
  return remember(
    session,
    STAGED,
    async () => {
      await stageNumbers(session);
      const bits = (await readIssues(session)).map(({ side, threshold }, bit) => {
        const has = `issue${bit} ${side === 'below' ? '<=' : '>='} ${threshold}`;
        return `CASE WHEN ${has} THEN ${2 ** bit} ELSE 0 END`;
      });
      await session.run(
        `CREATE OR REPLACE TEMP TABLE search_issues AS
         SELECT id, issues FROM (SELECT id, (${bits.join(' + ')})::INTEGER AS issues FROM issue_numbers) WHERE issues > 0`,
      );
    },
    'files',
  );
}

function stageNumbers(session: Session): Promise<void> {
  const columns = ISSUES.map(({ sql }, bit) => `(${sql})::DOUBLE AS issue${bit}`);
  const sql = `CREATE OR REPLACE TEMP TABLE issue_numbers AS
    SELECT s.id, s.missing, ${columns.join(', ')} FROM samples s ${ISSUE_JOINS}`;
  return remember(session, 'issue_numbers', () => session.run(sql), 'files');
}

/** SQL of the samples that have one of these issues, as a condition on `samples s`; needs `stageIssues`. */
export function compileIssues(names: readonly string[]): string {
  const mask = ISSUES.reduce((sum, { name }, bit) => (names.includes(name) ? sum + 2 ** bit : sum), 0);
  return `(s.id IN (SELECT id FROM search_issues WHERE (issues & ${mask}) > 0))`;
}

/** The issues with the numbers of all present samples, and how many have each. */
export function countIssues(session: Session): Promise<CountedIssue[]> {
  return remember(session, COUNTED, () => countAnew(session), 'files');
}

async function countAnew(session: Session): Promise<CountedIssue[]> {
  await stageIssues(session);
  const issues = await readIssues(session);
  const counted: CountedIssue[] = [];
  for (const [bit, issue] of issues.entries()) {
    const { least, most, side, threshold } = issue;
    const step = `floor((issue${bit} - ${least}) / ${(most - least) / BINS})`;
    // NULL must stay NULL, which greatest and least pass over.
    const bin = `CASE WHEN issue${bit} IS NOT NULL THEN greatest(0, least(${BINS - 1}, ${step}))::INTEGER END`;
    const rows = await session.rows<{ bin: number | null; count: number; having: number }>(
      `SELECT ${bin} AS bin, count(*)::INTEGER AS count,
         count(*) FILTER (issue${bit} ${side === 'below' ? '<=' : '>='} ${threshold})::INTEGER AS having
       FROM issue_numbers WHERE NOT missing GROUP BY bin`,
    );
    const counts = new Int32Array(BINS);
    for (const row of rows) if (row.bin !== null) counts[row.bin] = row.count;
    counted.push({
      ...issue,
      counts,
      unknown: rows.find((row) => row.bin === null)?.count ?? 0,
      samples: rows.reduce((sum, { having }) => sum + having, 0),
    });
  }
  return counted;
}
