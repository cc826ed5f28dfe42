import { FIELD_HELP, fieldStart } from '../filter/fieldHelp';
import { OTHER_DIMENSION } from '../filter/filterFields';
import { termAtCursor, type TermAtCursor } from '../filter/termAtCursor';
import { bestCandidates, toItem, type Candidate, type Completion, type CompletionItem } from './completionItem';
import { valuesOf } from './completionValues';
import { FILE_NAME, stagePaths } from './searchPaths';
import type { Session } from './session';
import { vocabulary } from './vocabulary';

export type { Completion } from './completionItem';

const MOST_ITEMS = 20;
/** Of each kind, where several compete for the list. */
const SHARE = { fields: 6, tags: 8, folders: 4, files: 4, popular: 5 } as const;
/** File names are not looked for by a single letter. */
const LEAST_LETTERS = 2;
const KEYWORDS: readonly Candidate[] = [
  { value: 'OR', detail: 'one of both' },
  { value: 'AND', detail: 'both, as without it' },
  { value: 'NOT', detail: 'not the next one, as -' },
];

/** What could stand at the cursor, the best first. Never fails on a text that is not finished. */
export async function complete(session: Session, text: string, cursor: number): Promise<Completion> {
  const term = termAtCursor(text, cursor);
  await stagePaths(session); // with the first look at what there is, before anything is typed
  const items = await itemsFor(session, term);
  return { from: term.from, to: term.to, items: items.slice(0, MOST_ITEMS) };
}

async function itemsFor(session: Session, term: TermAtCursor): Promise<CompletionItem[]> {
  const { place, field, typed } = term;
  switch (place) {
    case 'number':
      return [];
    case 'confidence':
      return (await tagsFor(session, typed, MOST_ITEMS)).map((tag) => toItem(tag, 'tag', '', ')>='));
    case 'value':
      return valueItems(session, field, typed);
    case 'term':
      return typed === '' ? startItems(session, term) : termItems(session, term);
  }
}

async function valueItems(session: Session, field: string, typed: string): Promise<CompletionItem[]> {
  if (field === 'tag') return (await tagsFor(session, typed, MOST_ITEMS)).map((tag) => toItem(tag, 'tag'));
  if (field === 'name') return (await filesFor(session, typed, MOST_ITEMS)).map((file) => toItem(file, 'file'));
  if (field === 'path') {
    const folders = bestCandidates(await valuesOf(session, 'folder'), typed, MOST_ITEMS / 2);
    const files = await filesFor(session, typed, MOST_ITEMS / 2);
    return [...folders.map((folder) => toItem(folder, 'folder')), ...files.map((file) => toItem(file, 'file'))];
  }
  const values = bestCandidates(await valuesOf(session, field), typed, MOST_ITEMS, true);
  return values.map((value) => toItem(value, field === 'folder' ? 'folder' : 'value'));
}

/** Where nothing has been typed yet: what can be asked, and the most frequent tags. */
async function startItems(session: Session, { follows }: TermAtCursor): Promise<CompletionItem[]> {
  const tags = (await tagsFor(session, '', SHARE.popular)).map((tag) => toItem(tag, 'tag', 'tag:'));
  const keywords = KEYWORDS.filter(({ value }) => follows || value === 'NOT').map((word) => toItem(word, 'keyword'));
  const fields = await fieldItems(session, '', MOST_ITEMS - tags.length - keywords.length);
  return [...fields, ...tags, ...keywords];
}

async function termItems(session: Session, { typed, follows }: TermAtCursor): Promise<CompletionItem[]> {
  const tags = await tagsFor(session, typed, SHARE.tags);
  const folders = bestCandidates(await valuesOf(session, 'folder'), typed, SHARE.folders);
  const files = await filesFor(session, typed, SHARE.files);
  const words = KEYWORDS.filter(({ value }) => (follows || value === 'NOT') && value.startsWith(typed.toUpperCase()));
  const isTyped = (candidate: Candidate) => (candidate.label ?? candidate.value).toLowerCase() === typed.toLowerCase();
  const tagItems = (some: readonly Candidate[]) => some.map((tag) => toItem(tag, 'tag', 'tag:'));
  return [
    ...tagItems(tags.filter(isTyped)),
    ...(await fieldItems(session, typed, SHARE.fields)),
    ...tagItems(tags.filter((tag) => !isTyped(tag))),
    ...folders.map((folder) => toItem(folder, 'folder', 'folder:')),
    ...files.map((file) => toItem(file, 'file', 'name:')),
    ...words.map((word) => toItem(word, 'keyword')),
  ];
}

/** Fields and dimensions whose names begin so. */
async function fieldItems(session: Session, typed: string, limit: number): Promise<CompletionItem[]> {
  const dimensions = (await vocabulary(session)).map(({ name, title }): [string, string] => [name, title]);
  const fields = [
    ...Object.entries(FIELD_HELP),
    ...dimensions,
    [OTHER_DIMENSION, 'tags outside the vocabulary'] as const,
  ];
  return fields
    .filter(([name]) => name.startsWith(typed.toLowerCase()))
    .slice(0, limit)
    .map(([name, detail]) => ({ insert: fieldStart(name), label: name, detail, kind: 'field' }));
}

async function tagsFor(session: Session, typed: string, limit: number): Promise<Candidate[]> {
  return bestCandidates(await valuesOf(session, 'tag'), typed, limit, true);
}

/** File names that have it, those that begin with it first. */
async function filesFor(session: Session, typed: string, limit: number): Promise<Candidate[]> {
  if (typed.length < LEAST_LETTERS) return [];
  const rows = await session.rows<{ name: string; folder: string }>(
    `SELECT parse_filename(path, false, 'forward_slash') AS name, any_value(parse_dirpath(path, 'forward_slash')) AS folder
     FROM samples s
     SEMI JOIN (FROM search_paths p WHERE contains(p.path, lower($1)) AND contains(${FILE_NAME}, lower($1))) p USING (id)
     WHERE NOT missing
     GROUP BY name ORDER BY NOT starts_with(lower(name), lower($1)), name LIMIT ${limit}`,
    [typed],
  );
  return rows.map(({ name, folder }) => ({ value: name, detail: folder }));
}
