import { OTHER_DIMENSION, REVIEW_STATES } from '../filter/filterFields';
import { readDimensions } from './dimensions';
import { placesById, points } from './points';
import { POINT_MEASURES } from './pointMeasures';
import { readColumns } from './readColumns';
import { OPEN_SAMPLES, stageReviewed } from './reviewStates';
import { stageKinds } from './sampleKinds';
import { REVIEW_FACET, SCALAR_FACETS, SOURCE_FACET } from './selectSamples';
import type { Session } from './session';
import { tagLexicon, type TagName } from './tagLexicon';

/** Of each of the `points` a label: `categories[i]` indexes `labels`, 255 for none. */
export interface LabelColors {
  readonly kind: 'labels';
  readonly categories: Uint8Array;
  readonly labels: readonly string[];
  /** The facet that has these labels as its values, or null. */
  readonly facet: string | null;
}

/** Of each of the `points` a number, NaN where it is not known. */
export interface MeasureColors {
  readonly kind: 'measure';
  readonly values: Float32Array;
  readonly title: string;
  readonly unit: string;
}

export type PointColors = LabelColors | MeasureColors;

/** Category of a point without a label; there can be as many labels. */
export const NO_CATEGORY = 255;

/**
 * @param colorBy a dimension of tags (of several tags the surest counts), another facet, `tag:NAME` (has it or not),
 * `confidence:NAME`, `measure:NAME` of `POINT_MEASURES`; anything else, and null, gives no colours. Labels are in the
 * order of the vocabulary, then the most frequent first; past 255 they have none.
 */
export async function pointColors(session: Session, model: string, colorBy: string | null): Promise<PointColors> {
  const [, about, name] = /^(?:(tag|confidence|measure):)?(.*)$/s.exec(colorBy ?? '') ?? [];
  if (about === 'measure') return colorByMeasure(session, model, name);
  if (about === 'confidence') return colorByConfidence(session, model, name);
  if (about === 'tag') return colorByTag(session, model, name);
  if (name === REVIEW_FACET) return colorByReview(session, model);
  if (name in SCALAR_FACETS) return colorByKind(session, model, name);
  const { names } = await tagLexicon(session);
  if (name === SOURCE_FACET) return labelSurest(session, model, name, names, ({ source }) => source, []);
  const dimensions = await readDimensions(session);
  const family = (dimension: string) =>
    dimensions.some((known) => known.name === dimension) ? dimension : OTHER_DIMENSION;
  const ofFamily = names.filter(({ dimension }) => family(dimension) === name);
  const vocabulary = dimensions.find((dimension) => dimension.name === name)?.tags ?? [];
  return labelSurest(session, model, name, ofFamily, ({ tag }) => tag, vocabulary);
}

async function colorByMeasure(session: Session, model: string, name: string): Promise<PointColors> {
  const measure = Object.hasOwn(POINT_MEASURES, name) ? POINT_MEASURES[name] : null;
  if (!measure) return noColors(session, model);
  const { title, unit, sql } = measure;
  const [ids, found] = await readColumns(
    session,
    `SELECT s.id, (${sql})::FLOAT FROM samples s WHERE (${sql}) IS NOT NULL`,
    [],
    ['INTEGER', 'FLOAT'],
  );
  return { kind: 'measure', title, unit, values: await spread(session, model, ids, found) };
}

async function colorByConfidence(session: Session, model: string, tag: string): Promise<PointColors> {
  const { names } = await tagLexicon(session);
  const { ids, confidences } = await tagRows(
    session,
    names.filter((name) => name.tag === tag),
  );
  const values = await spread(session, model, ids, Float32Array.from(confidences));
  return { kind: 'measure', title: `Confidence of “${tag}”`, unit: '', values };
}

/** Values of samples at the places of their points. */
async function spread(session: Session, model: string, ids: Int32Array, found: Float32Array): Promise<Float32Array> {
  const map = await points(session, model);
  const places = placesById(map);
  const values = new Float32Array(map.ids.length).fill(NaN);
  ids.forEach((id, row) => {
    const point = places[id] ?? -1;
    if (point >= 0) values[point] = found[row];
  });
  return values;
}

async function colorByTag(session: Session, model: string, tag: string): Promise<PointColors> {
  const { names } = await tagLexicon(session);
  const ofTag = names.filter((name) => name.tag === tag);
  const dimensions = await readDimensions(session);
  const facet = dimensions.find(({ name }) => ofTag.some(({ dimension }) => dimension === name))?.name;
  return labelSurest(session, model, facet ?? OTHER_DIMENSION, ofTag, () => tag, [tag]);
}

async function colorByReview(session: Session, model: string): Promise<PointColors> {
  await stageReviewed(session);
  const [open] = await readColumns(session, OPEN_SAMPLES, [], ['INTEGER']);
  const [done] = await readColumns(session, 'SELECT id FROM search_reviewed', [], ['INTEGER']);
  const map = await points(session, model);
  const places = placesById(map);
  const found = new Int32Array(map.ids.length).fill(-1);
  [open, done].forEach((ids, state) => {
    for (const id of ids) if ((places[id] ?? -1) >= 0) found[places[id]] = state;
  });
  const states = ['open', 'done'];
  const order = REVIEW_STATES.filter((state) => states.includes(state));
  return label(REVIEW_FACET, found, states, order);
}

async function colorByKind(session: Session, model: string, facet: string): Promise<PointColors> {
  const kinds = await stageKinds(session);
  const values = [...new Set(kinds.map((kind) => kind[facet]).filter((value) => value !== null))];
  const valueOf = kinds.map((kind) => values.indexOf(kind[facet] ?? ''));
  const [ids, ofSamples] = await readColumns(session, 'SELECT id, kind FROM search_kinds', [], ['INTEGER', 'INTEGER']);
  const map = await points(session, model);
  const places = placesById(map);
  const found = new Int32Array(map.ids.length).fill(-1);
  ids.forEach((id, row) => {
    const point = places[id] ?? -1;
    if (point >= 0) found[point] = valueOf[ofSamples[row]];
  });
  return label(facet, found, values, []);
}

/** Labels points by the surest of these names that their samples have; of equally sure ones by the first in the alphabet. */
async function labelSurest(
  session: Session,
  model: string,
  facet: string,
  names: readonly TagName[],
  labelOf: (name: TagName) => string,
  vocabulary: readonly string[],
): Promise<PointColors> {
  const map = await points(session, model);
  const places = placesById(map);
  const values = [...new Set(names.map(labelOf))].sort();
  const valueOf = new Map(names.map((name) => [name.id, values.indexOf(labelOf(name))]));
  const valueById = new Int32Array(Math.max(0, ...valueOf.keys()) + 1);
  for (const [id, value] of valueOf) valueById[id] = value;
  const { ids, nameIds, confidences } = await tagRows(session, names);
  const found = new Int32Array(map.ids.length).fill(-1);
  const surest = new Float64Array(map.ids.length).fill(-1);
  for (let row = 0; row < ids.length; row++) {
    const point = places[ids[row]] ?? -1;
    if (point < 0 || confidences[row] < surest[point]) continue;
    const value = valueById[nameIds[row]];
    if (confidences[row] === surest[point] && value > found[point]) continue;
    surest[point] = confidences[row];
    found[point] = value;
  }
  return label(facet, found, values, vocabulary);
}

async function tagRows(session: Session, names: readonly TagName[]) {
  const wanted = names.length > 0 ? `name_id IN (${names.map(({ id }) => id).join(', ')})` : 'false';
  const [ids, nameIds, confidences] = await readColumns(
    session,
    `SELECT sample_id, name_id, confidence FROM derived_tags WHERE NOT pending AND ${wanted}`,
    [],
    ['INTEGER', 'INTEGER', 'DOUBLE'],
  );
  return { ids, nameIds, confidences };
}

async function noColors(session: Session, model: string): Promise<PointColors> {
  const { ids } = await points(session, model);
  return { kind: 'labels', categories: new Uint8Array(ids.length).fill(NO_CATEGORY), labels: [], facet: null };
}

/** @param found index into `values` of each point, -1 for none */
function label(
  facet: string,
  found: Int32Array,
  values: readonly string[],
  vocabulary: readonly string[],
): LabelColors {
  const counts = new Uint32Array(values.length);
  for (let point = 0; point < found.length; point++) if (found[point] >= 0) counts[found[point]]++;
  const place = (value: string) => (vocabulary.includes(value) ? vocabulary.indexOf(value) : vocabulary.length);
  const order = Array.from(values.keys())
    .filter((value) => counts[value] > 0)
    .sort((a, b) => place(values[a]) - place(values[b]) || counts[b] - counts[a] || (values[a] < values[b] ? -1 : 1))
    .slice(0, NO_CATEGORY);
  const categoryOf = new Uint8Array(values.length).fill(NO_CATEGORY);
  order.forEach((value, category) => (categoryOf[value] = category));
  const categories = new Uint8Array(found.length).fill(NO_CATEGORY);
  for (let point = 0; point < found.length; point++)
    if (found[point] >= 0) categories[point] = categoryOf[found[point]];
  return { kind: 'labels', categories, labels: order.map((value) => values[value]), facet };
}
