/** One token of an answer with the natural logarithm of its probability. */
export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
}

/**
 * How sure a model was of the value of one key of the JSON object that it wrote: the product of the probabilities of
 * the tokens that the value is made of, those included that reach beyond its ends.
 * @param content what it wrote, of which the tokens are the parts
 * @param value the value as a string, before JSON escapes it
 * @returns 0 to 100, or null when the tokens do not say it
 */
export function tokenConfidence(
  content: string,
  tokens: readonly TokenLogprob[],
  key: string,
  value: string,
): number | null {
  // servers may count tokens that they do not show, or cut one within a character
  if (tokens.length === 0 || tokens.map(({ token }) => token).join('') !== content) return null;
  const range = valueRange(content, key, value);
  if (!range) return null;
  let at = 0;
  let sum = 0;
  for (const { token, logprob } of tokens) {
    const end = at + token.length;
    if (at < range.end && end > range.start) sum += logprob;
    at = end;
  }
  const confidence = 100 * Math.exp(sum);
  return Number.isFinite(confidence) ? Math.min(100, confidence) : null;
}

/** Where the value stands in the text, without its quotes. */
function valueRange(content: string, key: string, value: string): { start: number; end: number } | null {
  const quotedKey = JSON.stringify(key);
  const inside = JSON.stringify(value).slice(1, -1);
  for (let at = content.indexOf(quotedKey); at >= 0; at = content.indexOf(quotedKey, at + 1)) {
    const before = /^\s*:\s*"/.exec(content.slice(at + quotedKey.length))?.[0];
    if (before === undefined) continue; // the word is a value here
    const start = at + quotedKey.length + before.length;
    return content.startsWith(`${inside}"`, start) ? { start, end: start + inside.length } : null;
  }
  return null;
}
