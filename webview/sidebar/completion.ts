import type { Client } from '../../src/protocol/rpc';
import type { HostApi } from '../../src/protocol/viewApi';

/** What could stand at the cursor, as the host answers it. */
export type Completions = Awaited<ReturnType<Client<HostApi>['complete']>>;
export type CompletionItem = Completions['items'][number];

/** An open list of suggestions; `active` is the one that Enter takes, null while none was moved to. */
export interface OpenList {
  /** What was typed when it was asked for: it says nothing of any other text. */
  readonly text: string;
  readonly completions: Completions;
  readonly active: number | null;
}

/** The answer as a list, or null when there is nothing in it that would change the text. */
export function openList(text: string, completions: Completions): OpenList | null {
  const { from, to } = completions;
  const news = completions.items.filter(({ insert }) => insert !== text.slice(from, to));
  return news.length === 0 ? null : { text, completions: { ...completions, items: news }, active: null };
}

/** Down from the field is the first, up is the last; past either end is the field again. */
export function moveActive(list: OpenList, step: 1 | -1): OpenList {
  const { length } = list.completions.items;
  const place = (list.active ?? (step === 1 ? -1 : length)) + step;
  return { ...list, active: place < 0 || place >= length ? null : place };
}

/** The text with the item in it, and where the caret belongs then. */
export function takeItem(
  { text, completions: { from, to } }: OpenList,
  item: CompletionItem,
): { text: string; caret: number } {
  return { text: text.slice(0, from) + item.insert + text.slice(to), caret: from + item.insert.length };
}

/** Whether a value belongs right after the item, so that the next suggestions are wanted at once. */
export function isOpenEnded({ kind, insert }: CompletionItem): boolean {
  return kind === 'field' && /[:=<>(]$/.test(insert);
}

/**
 * Whether an error only says that the text goes on: it points behind what the suggestions are about, so they say how.
 */
export function isUnfinished(offset: number, list: OpenList | null): boolean {
  return list !== null && offset >= list.completions.to;
}
