import type { Comparison, FilterExpression, NumberField } from './filterExpression';
import { CHOICES, CONFIDENCE_FIELD, DIMENSION_FIELDS, NUMBER_FIELDS, SIZE_UNITS, TEXT_FIELDS } from './filterFields';
import { FilterSyntaxError } from './filterSyntaxError';
import { didYouMean } from './nearestName';
import { tokenizeFilter, type Token } from './tokenizeFilter';

export type { FilterExpression } from './filterExpression';

/** Beyond these a filter is an accident, and the database would refuse it with less grace. */
const MOST_TERMS = 100;
const DEEPEST = 50;

/**
 * Reads a filter: `tag:blurry -tag:night width>1024 (path:val/ OR "new york") conf(dark)>=80`.
 * Terms side by side must all hold; OR binds weaker, NOT and - stronger. Null for a text without terms.
 *
 * @param dimensions names of the dataset's own dimensions, fields like the built-in ones; one with a space is quoted
 * @throws FilterSyntaxError saying what is wrong, where, and what would be right.
 */
export function parseFilter(text: string, dimensions: readonly string[] = []): FilterExpression | null {
  const tokens = tokenizeFilter(text);
  return tokens.length === 1 ? null : new Parser(tokens, [...new Set([...DIMENSION_FIELDS, ...dimensions])]).parse();
}

class Parser {
  private at = 0;
  private terms = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly dimensions: readonly string[],
  ) {}

  parse(): FilterExpression {
    const expression = this.parseAlternatives();
    const { kind, offset } = this.token;
    if (kind === ')') throw new FilterSyntaxError('This ")" closes nothing. Take it away, or add "(" before.', offset);
    return expression;
  }

  private get token(): Token {
    return this.tokens[this.at];
  }

  /** Moves past the token when it is of that kind. */
  private accept(kind: Token['kind']): boolean {
    if (this.token.kind !== kind) return false;
    this.at++;
    return true;
  }

  private parseAlternatives(): FilterExpression {
    const terms = [this.parseConjunction()];
    while (this.accept('OR')) terms.push(this.parseConjunction());
    return terms.length === 1 ? terms[0] : { kind: 'or', terms };
  }

  private parseConjunction(): FilterExpression {
    const terms = [this.parseFactor()];
    for (;;) {
      const explicit = this.accept('AND');
      const { kind } = this.token;
      if (!explicit && (kind === 'end' || kind === ')' || kind === 'OR')) break;
      terms.push(this.parseFactor());
    }
    return terms.length === 1 ? terms[0] : { kind: 'and', terms };
  }

  private parseFactor(): FilterExpression {
    const { offset } = this.token;
    if (++this.depth > DEEPEST) throw new FilterSyntaxError('The filter is nested too deeply.', offset);
    try {
      if (this.accept('NOT') || this.accept('-')) return { kind: 'not', term: this.parseFactor() };
      if (!this.accept('(')) return this.parseTerm();
      const expression = this.parseAlternatives();
      if (!this.accept(')')) throw new FilterSyntaxError('This "(" is never closed. Add ")".', offset);
      return expression;
    } finally {
      this.depth--;
    }
  }

  private parseTerm(): FilterExpression {
    const first = this.token;
    if (first.kind !== 'word') {
      throw new FilterSyntaxError(
        'Something to look for is missing here: a word, or tag:dark, or width>1024.',
        first.offset,
      );
    }
    if (++this.terms > MOST_TERMS) {
      throw new FilterSyntaxError(`A filter takes at most ${MOST_TERMS} conditions.`, first.offset);
    }
    this.at++;
    const { token } = this;
    const name = first.text.toLowerCase();
    if (first.quoted && !(token.kind === ':' && this.dimensions.includes(name))) {
      return { kind: 'word', text: first.text, exact: true };
    }
    if (
      name === CONFIDENCE_FIELD &&
      ((token.kind === '(' && token.offset === first.end) || token.kind === 'comparison')
    ) {
      return this.parseConfidence(first);
    }
    if (token.kind === ':') return this.parseText(first.text, first.offset);
    if (token.kind === 'comparison') return this.parseNumber(first.text, first.offset);
    return { kind: 'word', text: first.text };
  }

  private parseText(field: string, offset: number): FilterExpression {
    this.at++;
    const name = field.toLowerCase();
    if (name === CONFIDENCE_FIELD) {
      throw new FilterSyntaxError('conf is compared with a number: conf(dark)>=80, or conf>=80 for any tag.', offset);
    }
    if (isOneOf(NUMBER_FIELDS, name)) {
      throw new FilterSyntaxError(`${name} is compared with a number: ${name}>${exampleFor(name)}.`, offset);
    }
    const isText = isOneOf(TEXT_FIELDS, name);
    if (!isText && !this.dimensions.includes(name)) throw unknownField(field, offset, this.dimensions);
    const value = this.parseValue(`${name}:`);
    if (!isText) return { kind: 'dimension', dimension: name, tag: value.text };
    const choices = CHOICES[name];
    if (choices && !choices.includes(value.text.toLowerCase())) {
      throw new FilterSyntaxError(
        `There is no ${name}:${value.text}.${didYouMean(value.text, choices)} Use one of: ${choices.join(', ')}.`,
        value.offset,
      );
    }
    if (name === 'run' && !/^\d{1,9}$/.test(value.text)) {
      throw new FilterSyntaxError(`"${value.text}" is not the number of a run, such as run:12.`, value.offset);
    }
    return { kind: 'text', field: name, value: value.text };
  }

  private parseNumber(field: string, offset: number): FilterExpression {
    const name = field.toLowerCase();
    if (isOneOf(TEXT_FIELDS, name) || this.dimensions.includes(name)) {
      throw new FilterSyntaxError(
        `${name} takes a colon: ${name}:${name === 'tag' ? 'dark' : 'value'}.`,
        this.token.offset,
      );
    }
    if (!isOneOf(NUMBER_FIELDS, name)) throw unknownField(field, offset, this.dimensions);
    const comparison = this.parseComparison();
    return { kind: 'number', field: name, comparison, value: this.parseQuantity(name, comparison) };
  }

  private parseConfidence(name: Token): FilterExpression {
    const tag = this.accept('(') ? this.parseValue('conf(').text : null;
    if (tag !== null && !this.accept(')')) {
      throw new FilterSyntaxError('Close the parenthesis after the tag: conf(dark)>=80.', name.offset);
    }
    if (this.token.kind !== 'comparison') {
      throw new FilterSyntaxError(
        'Compare the confidence with a number from 0 to 100: conf(dark)>=80.',
        this.token.offset,
      );
    }
    const comparison = this.parseComparison();
    return { kind: 'confidence', tag, comparison, value: this.parseQuantity(CONFIDENCE_FIELD, comparison) };
  }

  private parseComparison(): Comparison {
    const { token } = this;
    if (token.kind !== 'comparison') throw new Error('not at a comparison');
    this.at++;
    return token.comparison;
  }

  /** A word or a quoted text; keywords count as words here. */
  private parseValue(after: string): { text: string; offset: number } {
    const { token } = this;
    const text = token.kind === 'word' ? token.text : /^[A-Z]+$/.test(token.kind) ? token.kind : null;
    if (text === null || text === '') {
      throw new FilterSyntaxError(
        `A value is missing after "${after}". Put it in quotes if it has spaces.`,
        token.offset,
      );
    }
    this.at++;
    return { text, offset: token.offset };
  }

  private parseQuantity(field: string, comparison: Comparison): number {
    const { text, offset } = this.parseValue(`${field}${comparison}`);
    const match = /^(-?(?:\d+\.?\d*|\.\d+))([a-z]*)$/i.exec(text);
    const units = field === 'size' ? SIZE_UNITS : { '': 1 };
    const unit = match ? units[match[2].toLowerCase()] : undefined;
    if (!match || unit === undefined) {
      const hint = field === 'size' ? 'a number of bytes, or with KB, MB, GB, such as 2.5MB' : 'a number';
      throw new FilterSyntaxError(`"${text}" is not ${hint}.`, offset);
    }
    return Number(match[1]) * unit;
  }
}

function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return (names as readonly string[]).includes(name);
}

function exampleFor(field: NumberField): string {
  if (field === 'size') return '2MB';
  return field === 'width' || field === 'height' ? '1024' : '1';
}

function unknownField(field: string, offset: number, dimensions: readonly string[]): FilterSyntaxError {
  const texts = [...TEXT_FIELDS, ...dimensions];
  const numbers = [...NUMBER_FIELDS, CONFIDENCE_FIELD];
  return new FilterSyntaxError(
    `There is no field "${field}".${didYouMean(field, [...texts, ...numbers])} Fields are ${texts.join(', ')} with a ` +
      `colon, and ${numbers.join(', ')} with =, !=, <, <=, > or >=. To look for the text itself, put it in quotes.`,
    offset,
  );
}
