import { NO_ANSWER } from '../../protocol/vocabulary';
import { pathBetween, pathText } from './implicationCycle';
import { ADDED, kept, refused, replaced, type RowFate } from './importReport';
import type { KnownTags } from './knownTags';
import { FILE_ACTIONS, type FileAction, type FileRow } from './mappingFile';

/** What the dataset says of a name of a model. */
export interface MappingTarget {
  readonly external: string;
  readonly action: 'map' | 'ignore';
  readonly tag: string | null;
  readonly dimension: string | null;
  readonly factor: number;
}

/** What rows are judged by. */
export interface Judge {
  readonly replace: boolean;
  readonly tags: KnownTags;
  /** By `mappingPlace`. */
  readonly mappings: Map<string, MappingTarget>;
  readonly dimensions: ReadonlySet<string>;
  /** The tag that a cell names, or why it cannot be one. */
  readonly nameOf: (text: string) => { readonly name: string } | { readonly problem: string };
}

const LONGEST_EXTERNAL = 200;
const LEAST_FACTOR = 0.01;
const GREATEST_FACTOR = 10;

/** Names that differ only in case, or in `_` and space, are one to the mapping. */
export function mappingPlace(provider: string, external: string): string {
  return JSON.stringify([provider, external.toLowerCase().replaceAll('_', ' ')]);
}

/** What a row without an action asks for. */
export function actionOf({ action, tag }: FileRow): FileAction | null {
  if (action === '') return tag === '' ? null : 'map';
  return FILE_ACTIONS.find((known) => known === action) ?? null;
}

/** Takes a row that maps or ignores into `mappings`, or says why not. */
export function judgeMapping(row: FileRow, action: 'map' | 'ignore', judge: Judge): RowFate {
  if (row.external === '' || row.external === NO_ANSWER || row.external.length > LONGEST_EXTERNAL) {
    return refused('It does not say which name of a model it is about.');
  }
  const target = targetOf(row, action, judge);
  if ('outcome' in target) return target;
  const place = mappingPlace(row.provider, row.external);
  const before = judge.mappings.get(place);
  if (before && same(before, target)) return kept('It is there already.');
  if (before && !judge.replace) return kept(`${inWords(before)} already. Replace existing rows to change it.`);
  judge.mappings.set(place, target);
  return before ? replaced(`${inWords(before)} before.`) : ADDED;
}

/** Takes an alias into `tags`, or says why not. */
export function judgeAlias(row: FileRow, { tags, nameOf, replace }: Judge): RowFate {
  const alias = nameOf(row.external);
  const target = nameOf(row.tag);
  if ('problem' in alias) return refused(alias.problem);
  if ('problem' in target) return refused(target.problem);
  if (alias.name === target.name) return refused(`“${alias.name}” cannot be an alias of itself.`);
  if (tags.isDeleted(target.name)) return refused(`“${target.name}” was deleted from this dataset.`);
  const before = tags.get(alias.name)?.aliasOf ?? null;
  const turned = tags.canonical(target.name) === alias.name;
  const tag = turned ? target.name : tags.canonical(target.name);
  if (before === tag) return kept('It is there already.');
  if (before !== null && !replace) return kept(`“${alias.name}” stands for “${before}” already.`);
  if (turned && !replace) return kept(`“${target.name}” stands for “${alias.name}” already.`);
  const way = pathBetween(tags.implications, alias.name, tag) ?? pathBetween(tags.implications, tag, alias.name);
  if (way) return refused(`One of them brings the other along: ${pathText(way)}.`);
  tags.pointAlias(alias.name, tag);
  return before === null && !turned
    ? ADDED
    : replaced(`“${turned ? target.name : alias.name}” stood for “${before ?? alias.name}” before.`);
}

/** Takes an implication into `tags`, or says why not. */
export function judgeImplication(row: FileRow, { tags, nameOf }: Judge): RowFate {
  const child = nameOf(row.external);
  const parent = nameOf(row.tag);
  if ('problem' in child) return refused(child.problem);
  if ('problem' in parent) return refused(parent.problem);
  const [tag, implied] = [tags.canonical(child.name), tags.canonical(parent.name)];
  const gone = [tag, implied].find((name) => tags.isDeleted(name));
  if (gone !== undefined) return refused(`“${gone}” was deleted from this dataset.`);
  if (tags.implications.get(tag)?.has(implied)) return kept('It is there already.');
  const back = pathBetween(tags.implications, implied, tag);
  if (back) return refused(`Tags cannot bring each other along: ${pathText([tag, ...back])}.`);
  tags.imply(tag, implied);
  return ADDED;
}

function targetOf(
  row: FileRow,
  action: 'map' | 'ignore',
  { tags, nameOf, dimensions }: Judge,
): MappingTarget | RowFate {
  const { external } = row;
  if (action === 'ignore') return { external, action, tag: null, dimension: null, factor: 1 };
  if (row.tag === '') return refused('It does not say which tag it stands for.');
  const tag = nameOf(row.tag);
  if ('problem' in tag) return refused(tag.problem);
  if (tags.isDeleted(tag.name)) return refused(`“${tag.name}” was deleted from this dataset.`);
  if (row.dimension !== '' && !dimensions.has(row.dimension)) {
    return refused(`There is no dimension “${row.dimension}” in this dataset.`);
  }
  const factor = row.factor === '' ? 1 : Number(row.factor.replace(',', '.'));
  if (!(factor >= LEAST_FACTOR && factor <= GREATEST_FACTOR)) {
    return refused(`“${row.factor}” is no factor: a number from ${LEAST_FACTOR} to ${GREATEST_FACTOR}.`);
  }
  return { external, action, tag: tag.name, dimension: row.dimension === '' ? null : row.dimension, factor };
}

function same(a: MappingTarget, b: MappingTarget): boolean {
  return a.action === b.action && a.tag === b.tag && a.dimension === b.dimension && a.factor === b.factor;
}

function inWords({ action, tag }: MappingTarget): string {
  return action === 'ignore' ? 'Ignored' : `Mapped to “${tag ?? ''}”`;
}
