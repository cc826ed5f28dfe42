import { ATTRIBUTE_WORDS, COLOR_MODIFIERS, COLOR_WORDS, EMPTY_WORDS, SCENE_WORDS } from './tagWords';

/** A tag in the model's own words, and which dimension it belongs to. */
export interface FreeTag {
  readonly tag: string;
  readonly dimension: 'object' | 'scene' | 'attribute' | 'color';
}

const SHORTEST = 2;
const LONGEST = 50;
/** A tag of more words is a sentence that lost its way. */
const MOST_WORDS = 4;

/** At most `limit` different tags of what a model said when asked for a list, in its order. */
export function parseFreeTags(text: string, limit: number): FreeTag[] {
  const tags = new Set<string>();
  for (const piece of text.split(/[,;|•·\n\r]+|\.(?=\s|$)|\s[–—]\s/u)) {
    const tag = normalizeTag(piece);
    if (tag !== null) tags.add(tag);
  }
  return [...tags].slice(0, limit).map((tag) => ({ tag, dimension: dimensionOf(tag) }));
}

/**
 * A tag in lower case, of 2 to 50 letters, digits, spaces and hyphens, or null where nothing of that kind is left:
 * bullets, numbers of a list, labels in front of a colon, quotes, articles and pictograms are taken off.
 */
export function normalizeTag(piece: string): string | null {
  const words = piece
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[^:]*:/u, '')
    .replace(/^\s*(?:\(?\d{1,3}[.)]|[-*+#>]+)\s*/u, '')
    .replace(/['’`]/gu, '')
    .replace(/[^\p{L}\p{N}\p{M}-]+/gu, ' ')
    .split(' ')
    .map((word) => word.replace(/^-+|-+$/g, ''))
    .filter((word) => word !== '');
  while (words.length > 1 && ['a', 'an', 'the', 'and', 'or', 'some'].includes(words[0])) words.shift();
  const tag = words.join(' ').replaceAll('grey', 'gray');
  const usable = tag.length >= SHORTEST && tag.length <= LONGEST && words.length <= MOST_WORDS && /\p{L}/u.test(tag);
  return usable && !EMPTY_WORDS.has(tag) ? tag : null;
}

function dimensionOf(tag: string): FreeTag['dimension'] {
  if (ATTRIBUTE_WORDS.has(tag)) return 'attribute';
  if (SCENE_WORDS.has(tag)) return 'scene';
  const parts = tag.split(/[ -]/);
  const isColor = COLOR_WORDS.has(parts[parts.length - 1]);
  if (isColor && parts.every((part) => COLOR_WORDS.has(part) || COLOR_MODIFIERS.has(part))) return 'color';
  return parts.every((part) => ATTRIBUTE_WORDS.has(part)) ? 'attribute' : 'object';
}

const LONGEST_CAPTION = 300;

/** The first sentence of what a model said when asked for a caption, or null when it said nothing. */
export function parseCaption(text: string): string | null {
  const flat = text.replace(/[\p{Cc}\p{Cf}\uFFFD\s]+/gu, ' ').trim();
  const unquoted = flat.replace(/^(["'“”])(.*)\1$/u, '$2').trim();
  const [sentence = ''] = /^.+?[.!?](?=\s|$)/u.exec(unquoted) ?? [unquoted];
  const caption = sentence.slice(0, LONGEST_CAPTION).trim();
  return /[\p{L}\p{N}]/u.test(caption) ? caption : null;
}
