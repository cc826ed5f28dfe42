import type * as v from 'valibot';
import type { savedViewApi } from '../../protocol/savedViewApi';
import { prefixDistance, toleratedEdits } from '../filter/editDistance';
import { quoteValue } from '../filter/quoteValue';

/** What could replace the text between `from` and `to`. */
export type Completion = v.InferOutput<(typeof savedViewApi)['complete']['result']>;
export type CompletionItem = Completion['items'][number];

/** Something that a field could have as its value. */
export interface Candidate {
  readonly value: string;
  readonly detail: string;
  /** What it is shown and found as, when that is not the value. */
  readonly label?: string;
}

/** "1 image", "12,345 images". */
export function imageCount(samples: number): string {
  return `${samples.toLocaleString('en-US')} ${samples === 1 ? 'image' : 'images'}`;
}

/**
 * Of candidates in the order of their weight, those that begin with what was typed, those of which a word does, those
 * that have it in them, and (`forgiving`) those that nearly begin so. At most `limit`.
 */
export function bestCandidates(
  candidates: readonly Candidate[],
  typed: string,
  limit: number,
  forgiving = false,
): Candidate[] {
  const text = typed.toLowerCase();
  const groups: Candidate[][] = [[], [], [], [], []];
  const most = forgiving ? toleratedEdits(text.length) : 0;
  for (const candidate of candidates) {
    const name = (candidate.label ?? candidate.value).toLowerCase();
    const group = groupOf(name, text, most);
    if (group !== null && groups[group].length < limit) groups[group].push(candidate);
  }
  return groups.flat().slice(0, limit);
}

function groupOf(name: string, text: string, most: number): number | null {
  if (name === text) return 0;
  if (name.startsWith(text)) return 1;
  const at = name.indexOf(text);
  if (at > 0) return /[ \-_/]/.test(name[at - 1]) ? 2 : 3;
  return most > 0 && prefixDistance(text, name, most) <= most ? 4 : null;
}

/** @param before what stands in front of the value, such as `tag:` */
export function toItem(
  { value, detail, label = value }: Candidate,
  kind: CompletionItem['kind'],
  before = '',
  after = '',
): CompletionItem {
  return { insert: `${before}${quoteValue(value)}${after}`, label, detail, kind };
}
