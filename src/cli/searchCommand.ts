import { Dataset } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import type { FilterExpression } from '../core/filter/parseFilter';
import { NO_FILTER, type SampleFilter } from '../core/sampleFilter';
import type { SavedView } from '../protocol/savedViewApi';
import { UserError } from '../protocol/userError';
import type { CommandResult } from './commandResult';
import { printable } from './printable';
import { readFilter } from './readFilter';
import { userDataFolder } from './userDataFolder';
import { count, images } from './words';

/** A call of `search`. At least one of the query, the filter and the view is there. */
export interface SearchCommandLine {
  readonly folder: string;
  readonly database: string | undefined;
  readonly json: boolean;
  /** Words and conditions to look for, or null. */
  readonly query: string | null;
  /** What must hold besides, or null. */
  readonly filter: string | null;
  /** Name of a saved view whose filter must hold too, or null. */
  readonly view: string | null;
  readonly limit: number;
}

/** Prints what matches, the best first, a line each with the tags that matched. @throws UserError 'not-indexed' */
export async function searchCommand(line: SearchCommandLine): Promise<CommandResult> {
  const location = await locateDataset(line.folder, { fallbackFolder: userDataFolder(), database: line.database });
  const dataset = await Dataset.open(location, { access: 'read' }).catch((error: unknown) => {
    readTexts(line, null, []); // a mistake in what was typed is the nearer news
    throw error;
  });
  try {
    const view = line.view === null ? null : await findView(dataset, line.view);
    const names = (await dataset.dimensions()).map(({ name }) => name);
    const expression = readTexts(line, view, names);
    const filter: SampleFilter = { ...NO_FILTER, picks: view?.settings.picks ?? {}, expression };
    const sorted = line.query === null && view ? view.settings : { sort: 'relevance' as const, descending: false };
    const { sort, descending } = sorted;
    const page = await dataset.page(filter, { offset: 0, limit: line.limit, sort, descending });
    const matched = await dataset.search.matchedTags(
      expression,
      page.rows.map(({ tags }) => tags),
    );
    const results = page.rows.map(({ id, path, tags }, index) => ({ id, path, tags, matched: matched[index] }));
    if (!line.json) tell(page, results.length);
    const { total, matching, corrections } = page;
    return {
      json: {
        ...{ command: 'search', dataset: location.folder, database: location.database },
        ...{ query: line.query, filter: line.filter, view: view?.name ?? null, total, matching, corrections, results },
      },
      text: results.map((result) => `${resultLine(result)}\n`).join(''),
      cancelled: false,
    };
  } finally {
    await dataset.close();
  }
}

/** On stderr, so that what is printed can be piped. */
function tell({ total, matching, corrections }: Awaited<ReturnType<Dataset['page']>>, shown: number): void {
  for (const { typed, used } of corrections) {
    const instead = used.map((word) => `"${printable(word)}"`).join(' or ');
    process.stderr.write(`datavisor: Nothing has "${printable(typed)}". Looked for ${instead} instead.\n`);
  }
  const more = shown < matching ? `; the first ${count(shown)} are shown` : '';
  process.stderr.write(`${count(matching)} of ${images(total)} match${more}\n`);
}

function resultLine({ path, matched }: { readonly path: string; readonly matched: readonly string[] }): string {
  return [printable(path), ...(matched.length > 0 ? [matched.map(printable).join(', ')] : [])].join('\t');
}

/** Query, filter and view, all of which must hold. */
function readTexts(
  { query, filter }: SearchCommandLine,
  view: SavedView | null,
  dimensions: readonly string[],
): FilterExpression | null {
  const terms = [
    query === null ? null : readFilter(query, dimensions, 'the query'),
    filter === null ? null : readFilter(filter, dimensions, '--filter'),
    view && readFilter(view.settings.text, dimensions, `the saved view "${view.name}"`),
  ].filter((term) => term !== null);
  return terms.length > 1 ? { kind: 'and', terms } : (terms[0] ?? null);
}

async function findView(dataset: Dataset, name: string): Promise<SavedView> {
  const views = await dataset.search.savedViews();
  const view = views.find((known) => known.name.toLowerCase() === name.normalize('NFC').trim().toLowerCase());
  if (view) return view;
  const known =
    views.length > 0 ? `There are: ${views.map((one) => `"${one.name}"`).join(', ')}.` : 'None is saved yet.';
  throw new UserError('view-missing', `There is no saved view "${name}". ${known}`);
}
