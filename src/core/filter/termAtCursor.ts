/** What stands at the cursor of a filter that need not be finished. */
export interface TermAtCursor {
  /** `term`: a new condition begins. `value` and `confidence`: of a field, and of `conf(`. `number`: after a comparison. */
  readonly place: 'term' | 'value' | 'confidence' | 'number';
  /** In lower case; empty for `term` and `confidence`. */
  readonly field: string;
  /** What is there up to the cursor, without quotes. */
  readonly typed: string;
  /** What a suggestion replaces. */
  readonly from: number;
  readonly to: number;
  /** Something complete stands before, so that OR and AND have something to join. */
  readonly follows: boolean;
}

const WORD = /[^\s():"=<>!]/u;

/** Reads as far as the cursor and takes whatever is there for what it will probably become. Never fails. */
export function termAtCursor(text: string, cursor: number): TermAtCursor {
  const end = Math.max(0, Math.min(cursor, text.length));
  let state: Pick<TermAtCursor, 'place' | 'field'> = { place: 'term', field: '' };
  let word = '';
  let follows = false;
  let at = 0;
  while (at < end) {
    const character = text[at];
    const stop = tokenEnd(text, at);
    if (character === '"' || WORD.test(character)) {
      const from = character === '-' && state.place === 'term' ? at + 1 : at;
      if (stop >= end) {
        return {
          ...state,
          typed: unquote(text.slice(from, end)),
          from,
          to: replacedEnd(text, stop, state.place),
          follows,
        };
      }
      word = unquote(text.slice(from, stop));
      follows = state.place !== 'term' || !/^(?:AND|OR|NOT)$/.test(word);
      if (state.place !== 'confidence') state = { place: 'term', field: '' };
    } else if (character === ':') {
      state = { place: 'value', field: word.toLowerCase() };
    } else if (character === '(' && word.toLowerCase() === 'conf' && text[at - 1] !== ' ') {
      state = { place: 'confidence', field: '' };
    } else if (/[=<>!]/.test(character)) {
      state = { place: 'number', field: word.toLowerCase() };
    } else if (character === '(' || character === ')') {
      state = { place: 'term', field: '' };
      follows = character === ')';
    }
    at = stop;
  }
  return { ...state, typed: '', from: end, to: end, follows };
}

/** Where the token ends that begins here; a quotation that is never closed takes the rest. */
function tokenEnd(text: string, start: number): number {
  let at = start + 1;
  if (text[start] === '"') {
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    return Math.min(at + 1, text.length);
  }
  if (WORD.test(text[start])) while (at < text.length && WORD.test(text[at])) at++;
  return at;
}

/** What suggestions bring along is replaced too: the colon of a field, the end of `conf(` with its comparison. */
function replacedEnd(text: string, stop: number, place: TermAtCursor['place']): number {
  if (place === 'term' && text[stop] === ':') return stop + 1;
  if (place !== 'confidence') return stop;
  return stop + (/^\)(?:[=<>]=?|!=)?/.exec(text.slice(stop))?.[0].length ?? 0);
}

function unquote(token: string): string {
  if (!token.startsWith('"')) return token;
  return token.slice(1).replace(/\\(["\\])|"$/g, '$1');
}
