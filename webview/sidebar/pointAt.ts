const CONTEXT = 24;

/**
 * Cuts `text` around an offset, to point at the character there: shortened with "…" far from it, and a place after
 * the end shown as "␣".
 */
export function pointAt(text: string, offset: number): { before: string; at: string; after: string } {
  const place = Math.min(Math.max(0, offset), text.length);
  const start = Math.max(0, place - CONTEXT);
  const at = String.fromCodePoint(text.codePointAt(place) ?? 0x2423);
  const rest = place + at.length;
  const end = Math.min(text.length, rest + CONTEXT);
  return {
    before: (start > 0 ? '…' : '') + text.slice(start, place),
    at,
    after: text.slice(rest, end) + (end < text.length ? '…' : ''),
  };
}
