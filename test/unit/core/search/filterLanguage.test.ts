import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Comparison, FilterExpression } from '../../../../src/core/filter/filterExpression';
import { NUMBER_FIELDS, TEXT_FIELDS } from '../../../../src/core/filter/filterFields';
import { FilterSyntaxError } from '../../../../src/core/filter/filterSyntaxError';
import { nearestName } from '../../../../src/core/filter/nearestName';
import { parseFilter } from '../../../../src/core/filter/parseFilter';
import { quoteValue } from '../../../../src/core/filter/quoteValue';
import { termAtCursor } from '../../../../src/core/filter/termAtCursor';

const COMPARISONS: readonly Comparison[] = ['=', '!=', '<', '<=', '>', '>='];

/** As somebody could have typed it. */
function print(expression: FilterExpression): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return `(${expression.terms.map(print).join(expression.kind === 'and' ? ' ' : ' OR ')})`;
    case 'not':
      return `-${print(expression.term)}`;
    case 'word':
      return expression.exact ? `"${expression.text.replace(/[\\"]/g, '\\$&')}"` : expression.text;
    case 'text':
      return `${expression.field}:${quoteValue(expression.value)}`;
    case 'dimension':
      return `${quoteValue(expression.dimension)}:${quoteValue(expression.tag)}`;
    case 'number':
      return `${expression.field}${expression.comparison}${expression.value}`;
    case 'confidence': {
      const whose = expression.tag === null ? '' : `(${quoteValue(expression.tag)})`;
      return `conf${whose}${expression.comparison}${expression.value}`;
    }
  }
}

const value = fc.oneof(
  fc.constantFrom('dark', 'two words', 'a"b\\', '-x', 'OR', 'ß(:', '!='),
  fc.string({ minLength: 1, maxLength: 6 }),
);
const quantity = fc.nat(5000);
const comparison = fc.constantFrom(...COMPARISONS);
const freeFields = TEXT_FIELDS.filter(
  (field) => !['status', 'review', 'disagree', 'issue', 'split', 'run'].includes(field),
);

const leaf: fc.Arbitrary<FilterExpression> = fc.oneof(
  fc.constantFrom('dark', 'a-b', 'ä', '100%').map((text): FilterExpression => ({ kind: 'word', text })),
  value.map((text): FilterExpression => ({ kind: 'word', text, exact: true })),
  fc
    .tuple(fc.constantFrom(...freeFields), value)
    .map(([field, text]): FilterExpression => ({ kind: 'text', field, value: text })),
  fc.constantFrom('open', 'done').map((text): FilterExpression => ({ kind: 'text', field: 'review', value: text })),
  quantity.map((run): FilterExpression => ({ kind: 'text', field: 'run', value: String(run) })),
  fc
    .tuple(fc.constantFrom('lighting', 'time of day'), value)
    .map(([dimension, tag]): FilterExpression => ({ kind: 'dimension', dimension, tag })),
  fc
    .tuple(fc.constantFrom(...NUMBER_FIELDS), comparison, quantity)
    .map(([field, one, number]): FilterExpression => ({ kind: 'number', field, comparison: one, value: number })),
  fc
    .tuple(fc.option(value), comparison, quantity)
    .map(([tag, one, number]): FilterExpression => ({ kind: 'confidence', tag, comparison: one, value: number })),
);

const expression = fc.letrec<{ any: FilterExpression }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('any'), { minLength: 2, maxLength: 3 }))
      .map(([kind, terms]): FilterExpression => ({ kind, terms })),
    tie('any').map((term): FilterExpression => ({ kind: 'not', term })),
  ),
})).any;

describe('the filter language', () => {
  it('reads back what is printed', () => {
    fc.assert(
      fc.property(expression, (printed) => {
        const text = print(printed);
        assert.deepEqual(parseFilter(text, ['time of day']), printed, text);
      }),
      { numRuns: 400 },
    );
  });

  it('understands or refuses with a place in the text, whatever is typed', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'tag:',
        'lighting',
        ':',
        '"',
        '(',
        ')',
        '-',
        ' ',
        'conf(',
        'conf',
        '>=',
        '!',
        '8',
        '2MB',
        'AND',
        'OR',
        'NOT',
        '\\',
        'run:',
        'review:',
      ),
      fc.string({ maxLength: 3, unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(40), (pieces, cursor) => {
        const text = pieces.join('');
        const { from, to, typed } = termAtCursor(text, cursor);
        assert(from >= 0 && from <= Math.min(cursor, text.length) && to >= from && to <= text.length);
        assert(typed.length <= text.length);
        try {
          parseFilter(text);
        } catch (error) {
          assert(error instanceof FilterSyntaxError, String(error));
          assert(error.offset >= 0 && error.offset <= text.length && error.message.length > 10);
        }
      }),
      { numRuns: 2000 },
    );
  });

  const ERRORS: readonly [text: string, offset: number, message: RegExp][] = [
    ['a lightnes>3', 2, /no field "lightnes"\. Did you mean "lightness"\?.*Fields are tag, path/],
    ['weigth>3', 0, /Did you mean "weather"|no field "weigth"/],
    ['xyz:1', 0, /no field "xyz"\. Fields are/],
    ['source:', 7, /value is missing after "source:"/],
    ['review:opne', 7, /no review:opne\. Did you mean "open"\? Use one of: open, done/],
    ['disagree:me', 9, /Use one of: people, models/],
    ['status:complete', 7, /Did you mean "completed"\?/],
    ['run:last', 4, /"last" is not the number of a run/],
    ['conf:dark', 0, /conf\(dark\)>=80, or conf>=80/],
    ['conf>=high', 6, /"high" is not a number/],
    ['source>3', 6, /takes a colon/],
  ];
  for (const [text, offset, message] of ERRORS) {
    it(`points at what is wrong in ${text}`, () => {
      assert.throws(
        () => parseFilter(text),
        (error) => error instanceof FilterSyntaxError && error.offset === offset && message.test(error.message),
      );
    });
  }

  it('knows the nearest name, and when none is near', () => {
    assert.equal(nearestName('Lighing', ['lighting', 'lightness']), 'lighting');
    assert.equal(nearestName('tga', ['tag', 'path']), 'tag');
    assert.equal(nearestName('zebra', ['tag', 'path']), null);
    assert.equal(nearestName('x', ['y']), null);
  });
});
