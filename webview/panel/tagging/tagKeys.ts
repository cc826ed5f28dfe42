/** Which key gives which tag in the grid. */
export type TagKeys = Readonly<Record<string, string>>;

/** The digits first, as they lie on the keyboard. */
export const KEYS: readonly string[] = Array.from('1234567890abcdefghijklmnopqrstuvwxyz');

/** The tag that a key gives, or null. With Ctrl, Shift and the like a key means something else. */
export function tagOfKey(
  {
    key,
    ctrlKey,
    metaKey,
    altKey,
    shiftKey,
  }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  keys: TagKeys,
): string | null {
  if (ctrlKey || metaKey || altKey || shiftKey || key.length !== 1) return null;
  return keys[key.toLowerCase()] ?? null; // Caps Lock makes capitals
}

/** The first key that gives nothing yet, or null. */
export function freeKey(keys: TagKeys): string | null {
  return KEYS.find((key) => keys[key] === undefined) ?? null;
}

/** Keys with their tags, in the order of `KEYS`. */
export function sortedKeys(keys: TagKeys): [key: string, tag: string][] {
  return KEYS.flatMap((key): [string, string][] => {
    const tag = keys[key];
    return tag === undefined ? [] : [[key, tag]];
  });
}
