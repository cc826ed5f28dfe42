import type { FilterExpression, TextField } from './filterExpression';
import { OTHER_DIMENSION } from './filterFields';
import type { SqlParameters } from './sqlParameters';

/** Other names of what the format column says. */
const FORMAT_ALIASES: Readonly<Record<string, string>> = { jpg: 'jpeg', tif: 'tiff', heic: 'heif', avif: 'avif' };

/** A condition on `samples s`: true or false, never NULL, so that NOT means what it says. */
export function compileFilter(expression: FilterExpression, parameters: SqlParameters): string {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const terms = expression.terms.map((term) => compileFilter(term, parameters));
      return `(${terms.join(expression.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
    case 'not':
      return `(NOT ${compileFilter(expression.term, parameters)})`;
    case 'word': {
      const word = parameters.add(expression.text);
      return `(contains(lower(s.path), lower(${word})) OR contains(array_to_string(s.tags, chr(10)), lower(${word})))`;
    }
    case 'text':
      return compileText(expression.field, expression.value, parameters);
    case 'dimension':
      return compileDimension(expression.dimension, [expression.tag], parameters);
    case 'number':
      return `coalesce(s.${expression.field} ${expression.comparison} ${parameters.add(expression.value)}::DOUBLE, false)`;
    case 'confidence':
      return (
        `(s.id IN (SELECT sample_id FROM sample_tags WHERE tag = lower(${parameters.add(expression.tag)}) ` +
        `AND confidence ${expression.comparison} ${parameters.add(expression.value)}::DOUBLE))`
      );
  }
}

/** Samples with one of these tags in that dimension, as a condition on `samples s`. */
export function compileDimension(dimension: string, tags: readonly string[], parameters: SqlParameters): string {
  const family = compileFamily(dimension, parameters);
  const names = tags.map((tag) => `lower(${parameters.add(tag)})`).join(', ');
  return `(s.id IN (SELECT sample_id FROM sample_tags WHERE ${family} AND tag IN (${names})))`;
}

/** Rows of `sample_tags` that belong to a facet dimension; `other` is all that the vocabulary does not have. */
export function compileFamily(dimension: string, parameters: SqlParameters): string {
  if (dimension === OTHER_DIMENSION) return 'dimension NOT IN (SELECT name FROM dimensions WHERE in_use)';
  return `dimension = ${parameters.add(dimension)}`;
}

/** Whether missing samples are asked for, which otherwise stay out of everything. */
export function asksForMissing(expression: FilterExpression | null): boolean {
  switch (expression?.kind) {
    case 'and':
    case 'or':
      return expression.terms.some(asksForMissing);
    case 'not':
      return asksForMissing(expression.term);
    case 'text':
      return expression.field === 'status' && expression.value.toLowerCase() === 'missing';
    default:
      return false;
  }
}

function compileText(field: TextField, value: string, parameters: SqlParameters): string {
  if (field === 'folder' && value === '.') return `(NOT contains(s.path, '/'))`;
  const place = parameters.add(field === 'format' ? (FORMAT_ALIASES[value.toLowerCase()] ?? value) : value);
  switch (field) {
    case 'tag':
      return `list_contains(s.tags, lower(${place}))`;
    case 'path':
      return `contains(lower(s.path), lower(${place}))`;
    case 'folder':
      return `starts_with(lower(s.path), rtrim(lower(${place}), '/') || '/')`;
    case 'format':
      return `coalesce(lower(s.format) = lower(${place}), false)`;
    case 'status':
      return `(CASE WHEN s.missing THEN 'missing' ELSE s.tagging_status END = lower(${place}))`;
    case 'camera':
      return `coalesce(contains(lower(s.camera), lower(${place})), false)`;
  }
}
