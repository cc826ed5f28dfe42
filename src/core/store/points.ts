import { compileFamily } from '../filter/compileFilter';
import { SqlParameters } from '../filter/sqlParameters';
import type { SampleFilter } from '../sampleFilter';
import { readDimensions } from './dimensions';
import { compileWhere, SCALAR_FACETS } from './selectSamples';
import type { Session } from './session';

/** The map: parallel arrays by sample id. `categories[i]` indexes `labels`, 255 for none. */
export interface MapPoints {
  readonly ids: Int32Array;
  /** x0, y0, x1, y1, … */
  readonly xy: Float32Array;
  readonly categories: Uint8Array;
  readonly labels: string[];
}

const NO_CATEGORY = 255;

/** Samples, not missing, that have a place on the model's map: what `points` and `matchingPoints` run over. */
const MAPPED = 'map_points p JOIN samples s ON s.id = p.sample_id WHERE p.model = $1 AND NOT s.missing';

/**
 * @param colorBy a dimension of tags (of several tags the surest counts), or `status`, `format`, `folder`; null for
 * no categories. Labels are in the order of the vocabulary, then the most frequent first; past 255 they have none.
 */
export async function points(session: Session, model: string, colorBy: string | null): Promise<MapPoints> {
  const parameters = new SqlParameters();
  parameters.add(model);
  const category = colorBy === null ? 'NULL' : compileCategory(colorBy, parameters);
  const chunks = await session.chunks(
    `SELECT p.sample_id, p.x, p.y, ${category} AS category FROM ${MAPPED} ORDER BY p.sample_id`,
    parameters.values,
  );
  const count = chunks.reduce((total, chunk) => total + chunk.rowCount, 0);
  const ids = new Int32Array(count);
  const xy = new Float32Array(2 * count);
  const names: (string | null)[] = [];
  for (const chunk of chunks) {
    const columns = [0, 1, 2, 3].map((index) => chunk.getColumnVector(index));
    for (let row = 0; row < chunk.rowCount; row++) {
      const place = names.length;
      ids[place] = columns[0].getItem(row) as number;
      xy[2 * place] = columns[1].getItem(row) as number;
      xy[2 * place + 1] = columns[2].getItem(row) as number;
      names.push(columns[3].getItem(row) as string | null);
    }
  }
  const vocabulary = (await readDimensions(session)).find(({ name }) => name === colorBy)?.tags ?? [];
  const labels = orderLabels(names, vocabulary);
  const index = new Map(labels.map((label, place) => [label, place]));
  const categories = Uint8Array.from(names, (name) => index.get(name ?? '') ?? NO_CATEGORY);
  return { ids, xy, categories, labels };
}

/** 1 for each of the `points` of the model that passes the filter, else 0. */
export async function matchingPoints(session: Session, model: string, filter: SampleFilter): Promise<Uint8Array> {
  const parameters = new SqlParameters();
  parameters.add(model);
  const where = await compileWhere(session, filter, parameters);
  const mask = await session.integers(
    `SELECT (${where})::INTEGER FROM ${MAPPED} ORDER BY p.sample_id`,
    parameters.values,
  );
  return Uint8Array.from(mask);
}

function compileCategory(colorBy: string, parameters: SqlParameters): string {
  const scalar = SCALAR_FACETS[colorBy];
  if (scalar) return scalar.sql;
  const family = compileFamily(colorBy, parameters);
  return `(SELECT arg_max(t.tag, t.confidence) FROM sample_tags t WHERE t.sample_id = s.id AND ${family})`;
}

function orderLabels(names: readonly (string | null)[], vocabulary: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  const place = (label: string) => (vocabulary.includes(label) ? vocabulary.indexOf(label) : vocabulary.length);
  return [...counts.keys()]
    .sort((a, b) => place(a) - place(b) || counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1))
    .slice(0, NO_CATEGORY);
}
