import { DECIDED_SQL } from '../store/decided';
import { OPEN_SAMPLES } from '../store/reviewStates';
import { compileCaption } from './compileCaption';
import type { FilterExpression, TextField } from './filterExpression';
import { OTHER_DIMENSION } from './filterFields';
import type { FilterLookup } from './filterLookup';
import type { SqlParameters } from './sqlParameters';

/** Other names of what the format column says. */
const FORMAT_ALIASES: Readonly<Record<string, string>> = { jpg: 'jpeg', tif: 'tiff', heic: 'heif', avif: 'avif' };

/** The last part of the path, in lower case. */
export const FILE_NAME = `lower(parse_filename(s.path, false, 'forward_slash'))`;

/**
 * A condition on `samples s`: true or false, never NULL, so that NOT means what it says.
 * @param excluded it stands under a NOT, where no word is corrected
 */
export function compileFilter(
  expression: FilterExpression,
  parameters: SqlParameters,
  lookup: FilterLookup,
  excluded = false,
): string {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const terms = expression.terms.map((term) => compileFilter(term, parameters, lookup, excluded));
      return `(${terms.join(expression.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
    case 'not':
      return `(NOT ${compileFilter(expression.term, parameters, lookup, true)})`;
    case 'word':
      return `(s.id IN (SELECT id FROM ${lookup.wordTable(expression.text, !excluded && !expression.exact)}))`;
    case 'text':
      return compileText(expression.field, expression.value, parameters, lookup);
    case 'dimension':
      return compileDimension(expression.dimension, [expression.tag], lookup);
    case 'number':
      return `coalesce(s.${expression.field} ${expression.comparison} ${parameters.add(expression.value)}::DOUBLE, false)`;
    case 'confidence': {
      const { tag, comparison, value } = expression;
      const whose = tag === null ? 'NOT pending' : compileTag(tag, lookup);
      return `(s.id IN (SELECT sample_id FROM derived_tags WHERE ${whose} AND confidence ${comparison} ${parameters.add(value)}::DOUBLE))`;
    }
  }
}

/**
 * Samples with one of these tags in that dimension, as a condition on `samples s`. `other` is every dimension that the
 * vocabulary does not have.
 */
export function compileDimension(dimension: string, tags: readonly string[], lookup: FilterLookup): string {
  const wanted = tags.map((tag) => lookup.tag(tag));
  const isOther = dimension === OTHER_DIMENSION;
  return isIn(
    'derived_tags',
    lookup.rowsOf(
      (name) =>
        wanted.includes(name.tag) && (isOther ? !lookup.isDimension(name.dimension) : name.dimension === dimension),
    ),
  );
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

function compileText(field: TextField, value: string, parameters: SqlParameters, lookup: FilterLookup): string {
  switch (field) {
    case 'tag':
      return isIn('derived_tags', compileTag(value, lookup));
    case 'path':
      return `contains(lower(s.path), lower(${parameters.add(value)}))`;
    case 'name':
      return `contains(${FILE_NAME}, lower(${parameters.add(value)}))`;
    case 'folder':
      if (value === '.') return `(NOT contains(s.path, '/'))`;
      return `starts_with(lower(s.path), rtrim(lower(${parameters.add(value)}), '/') || '/')`;
    case 'caption':
      return isIn('captions', compileCaption(value, parameters));
    case 'format': {
      const format = FORMAT_ALIASES[value.toLowerCase()] ?? value;
      return `coalesce(lower(s.format) = lower(${parameters.add(format)}), false)`;
    }
    case 'status':
      return `(CASE WHEN s.missing THEN 'missing' ELSE s.tagging_status END = lower(${parameters.add(value)}))`;
    case 'camera':
      return `coalesce(contains(lower(s.camera), lower(${parameters.add(value)})), false)`;
    case 'source':
      return isIn(
        'derived_tags',
        lookup.rowsOf(({ source }) => source.toLowerCase() === value.toLowerCase()),
      );
    case 'provider': {
      const model = `lower(model) = lower(${parameters.add(value)})`;
      return `(${isIn('predictions', model)} OR ${isIn('captions', `${model} AND caption IS NOT NULL`)})`;
    }
    case 'run':
      return isIn('derived_tags', `run_id = ${parameters.add(Number(value))}::INTEGER AND NOT pending`);
    case 'decided':
      return isIn(`(${DECIDED_SQL})`, `tag = ${parameters.add(lookup.tag(value))}`);
    case 'rejected': {
      const tag = parameters.add(lookup.tag(value));
      return isIn(`(${DECIDED_SQL})`, `tag = ${tag} AND action IN ('rejected', 'removed')`);
    }
    case 'review':
      return compileReview([value.toLowerCase()]);
    case 'disagree':
      return isIn('search_disagreements', `who = lower(${parameters.add(value)})`);
  }
}

/**
 * Samples in one of these states of review: `open` has undecided suggestions, `done` had some and all are decided. The
 * latter needs `stageReviewed`.
 */
export function compileReview(states: readonly string[]): string {
  const conditions = [
    ...(states.includes('open') ? [`s.id IN (${OPEN_SAMPLES})`] : []),
    ...(states.includes('done') ? ['s.id IN (SELECT id FROM search_reviewed)'] : []),
  ];
  return conditions.length > 0 ? `(${conditions.join(' OR ')})` : 'false';
}

function compileTag(tag: string, lookup: FilterLookup): string {
  const wanted = lookup.tag(tag);
  return lookup.rowsOf((name) => name.tag === wanted);
}

/** Samples with a row in that table for which the condition holds. */
function isIn(table: string, condition: string): string {
  return `(s.id IN (SELECT sample_id FROM ${table} WHERE ${condition}))`;
}
