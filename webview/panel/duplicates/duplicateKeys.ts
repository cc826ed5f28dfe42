/** What a key does on the Duplicates tab. */
export type DuplicateStep = { readonly go: 1 | -1 } | { readonly keep: number } | 'accept';

/** Null for keys that mean nothing here. `keep` is the place of an image in its group, from 0. */
export function duplicateKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): DuplicateStep | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === 'j' || event.key === 'ArrowDown') return { go: 1 };
  if (event.key === 'k' || event.key === 'ArrowUp') return { go: -1 };
  if (event.key === 'Enter') return 'accept';
  return /^[1-9]$/.test(event.key) ? { keep: Number(event.key) - 1 } : null;
}
