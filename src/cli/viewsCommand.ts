import { Dataset } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import { quoteValue } from '../core/filter/quoteValue';
import type { SavedView } from '../protocol/savedViewApi';
import type { CommandResult } from './commandResult';
import { printable } from './printable';
import { userDataFolder } from './userDataFolder';

/** A call of `views`. */
export interface ViewsCommandLine {
  readonly folder: string;
  readonly database: string | undefined;
  readonly json: boolean;
}

/** Lists the saved views with what they filter by. @throws UserError 'not-indexed' */
export async function viewsCommand(line: ViewsCommandLine): Promise<CommandResult> {
  const location = await locateDataset(line.folder, { fallbackFolder: userDataFolder(), database: line.database });
  const dataset = await Dataset.open(location, { access: 'read' });
  try {
    const views = await dataset.search.savedViews();
    return {
      json: { command: 'views', dataset: location.folder, database: location.database, views },
      text: views.length > 0 ? views.map((view) => `${viewLine(view)}\n`).join('') : 'No view is saved.\n',
      cancelled: false,
    };
  } finally {
    await dataset.close();
  }
}

function viewLine({ name, settings: { text, picks } }: SavedView): string {
  const picked = Object.entries(picks).map(
    ([dimension, values]) => `${dimension}:${values.map(quoteValue).join(` OR ${dimension}:`)}`,
  );
  const filter = [text, ...picked].filter((part) => part !== '').join('  ');
  return [printable(name), ...(filter ? [printable(filter)] : [])].join('\t');
}
