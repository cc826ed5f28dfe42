import type { Correction } from '../../src/protocol/viewApi';

/** "Nothing is called “blury”: showing “blurry”."; null when every word was found as typed. */
export function correctionWords(corrections: readonly Correction[]): string | null {
  if (corrections.length === 0) return null;
  return corrections
    .map(({ typed, used }) => `Nothing is called “${typed}”: showing ${inWords(used.map((word) => `“${word}”`))}.`)
    .join(' ');
}

function inWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
