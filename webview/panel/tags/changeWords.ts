import type { Client } from '../../../src/protocol/rpc';
import type { HostApi } from '../../../src/protocol/viewApi';
import { formatCount, plural } from '../../shared/formats';

export type ChangePreview = Awaited<ReturnType<Client<HostApi>['previewTagChange']>>;

/** "“crowd”, “crowds” and 3 more". */
export function listTags(tags: readonly string[]): string {
  const named = tags.slice(0, 3).map((tag) => `“${tag}”`);
  const more = tags.length - named.length;
  if (more > 0) return `${named.join(', ')} and ${formatCount(more)} more`;
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1) ?? ''}`;
}

/** What a change of tags would do, one sentence each. */
export function changeWords(kind: 'rename' | 'merge' | 'delete', preview: ChangePreview): string[] {
  const { samples, byPerson, conflicts, mappings, savedViews, merges, to } = preview;
  const words: string[] = [];
  if (merges && kind === 'rename') words.push(`There is a tag “${to ?? ''}” already: the two become one.`);
  if (samples === 0) words.push('No image has it; nothing changes on images.');
  else {
    const people = byPerson > 0 ? `, ${formatCount(byPerson)} of them tagged by people` : '';
    words.push(`${plural(samples, 'image')} ${samples === 1 ? 'changes' : 'change'}${people}.`);
  }
  if (conflicts > 0) {
    words.push(`On ${plural(conflicts, 'image')} a person gave the one and removed the other: what was given stays.`);
  }
  if (kind === 'delete') words.push('No model will give it again.');
  if (mappings > 0) {
    words.push(`${plural(mappings, 'mapping')} ${kind === 'delete' ? 'led to it' : 'will lead to the new name'}.`);
  }
  if (savedViews > 0) words.push(`${plural(savedViews, 'saved view')} ${savedViews === 1 ? 'names' : 'name'} it.`);
  return words;
}
