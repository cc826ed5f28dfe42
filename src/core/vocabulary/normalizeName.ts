const SHORTEST = 2;
const LONGEST = 50;

/**
 * The name of a tag or of a dimension as it is stored: lower case, single spaces, 2 to 50 letters, digits, spaces and
 * hyphens. Null for what cannot be made one.
 */
export function normalizeName(text: string): string | null {
  const name = text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
  const fits = name.length >= SHORTEST && name.length <= LONGEST;
  return fits && /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} -]*$/u.test(name) ? name : null;
}

/** Ends a sentence that says what is wrong with a name. */
export const NAME_RULE = `${SHORTEST} to ${LONGEST} letters, digits, spaces and hyphens`;
