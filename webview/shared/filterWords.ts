import type { Filter } from '../../src/protocol/viewApi';

/** Whether the filter leaves anything out. */
export function hasFilter({ picks, text, selection }: Filter): boolean {
  return text.trim() !== '' || selection !== null || Object.values(picks).some((values) => values.length > 0);
}

type Selection = NonNullable<Filter['selection']>;

const SELECTION_NAMES: Record<Selection['source'], string> = {
  map: 'Selected on the map',
  grid: 'Selected in the grid',
  similar: 'Similar images',
  duplicates: 'Duplicates',
  text: 'Found by text',
};

/** What a selection is called: by what it is the answer to, else by where it came from. */
export function selectionName({ source, ranked }: Selection): string {
  return ranked?.title ?? SELECTION_NAMES[source];
}

/** Fields of the search text whose words are looked for and ranked like words without a field. */
const WORD_FIELDS = /^(?:caption|name)\s*:/i;
const FIELD = /^[\w-]+(?:\([^)]*\))?\s*(?::|[<>=!])/;
const TOKEN = /(?:"[^"]*"|\([^()\s]*\)|[^\s"()])+/g;

/** Whether the search text has words to rank images by; conditions like `tag:dark` or `width>1024` have none. */
export function hasWords(text: string): boolean {
  const conditions = text.replace(/\s*([<>=!:]+)\s*/g, '$1'); // "width > 1024" is one condition
  return (conditions.match(TOKEN) ?? []).some((token) => {
    if (/^(?:AND|OR|NOT|-.*)$/.test(token)) return false;
    return WORD_FIELDS.test(token) || !FIELD.test(token);
  });
}
