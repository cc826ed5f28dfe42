import type { Comparison } from './filterExpression';
import { FilterSyntaxError } from './filterSyntaxError';

/** `quoted` words are never keywords, fields or numbers with units. `offset` is where the token starts in the text. */
export type Token = { readonly offset: number; readonly end: number } & (
  | { readonly kind: 'word'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'comparison'; readonly comparison: Comparison }
  | { readonly kind: '(' | ')' | ':' | '-' | 'AND' | 'OR' | 'NOT' | 'end' }
);

const SPACE = /\s/u;
/** What ends a bare word. A hyphen within a word belongs to it. */
const WORD_END = /[\s():"=<>!]/u;
const COMPARISON = /^(?:!=|<=|>=|=|<|>)/;
const KEYWORD = /^(?:AND|OR|NOT)$/;

/** @throws FilterSyntaxError for a quote without its end and for a lone exclamation mark. */
export function tokenizeFilter(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (SPACE.test(character)) {
      at++;
      continue;
    }
    const token = readToken(text, at, tokens.at(-1));
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', offset: text.length, end: text.length });
  return tokens;
}

function readToken(text: string, offset: number, before: Token | undefined): Token {
  const character = text[offset];
  if (character === '"') return readQuoted(text, offset);
  if (character === '(' || character === ')' || character === ':') {
    return { kind: character, offset, end: offset + 1 };
  }
  const comparison = COMPARISON.exec(text.slice(offset, offset + 2))?.[0];
  if (comparison !== undefined) {
    return { kind: 'comparison', comparison: comparison as Comparison, offset, end: offset + comparison.length };
  }
  if (character === '!') throw new FilterSyntaxError('"!" stands only in "!=". To exclude, write -word.', offset);
  // After a comparison a hyphen is a minus, right after a colon it is part of the value.
  const continues = before?.kind === 'comparison' || (before?.kind === ':' && before.end === offset);
  if (character === '-' && !continues && offset + 1 < text.length && !SPACE.test(text[offset + 1])) {
    return { kind: '-', offset, end: offset + 1 };
  }
  return readWord(text, offset);
}

/** Between quotes a backslash takes the next quote or backslash as it is. */
function readQuoted(text: string, offset: number): Token {
  let word = '';
  for (let at = offset + 1; at < text.length; at++) {
    const character = text[at];
    if (character === '"') return { kind: 'word', text: word, quoted: true, offset, end: at + 1 };
    if (character === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')) word += text[++at];
    else word += character;
  }
  throw new FilterSyntaxError('This quotation mark has no partner. Add " at the end of the text it begins.', offset);
}

function readWord(text: string, offset: number): Token {
  let end = offset + 1;
  while (end < text.length && !WORD_END.test(text[end])) end++;
  const word = text.slice(offset, end);
  if (KEYWORD.test(word)) return { kind: word as 'AND' | 'OR' | 'NOT', offset, end };
  return { kind: 'word', text: word, quoted: false, offset, end };
}
