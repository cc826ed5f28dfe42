import * as v from 'valibot';
import { MapSettings } from '../../protocol/mapSettings';
import { stageIds, type Session } from './session';

/** Point `i` is (xy[2i], xy[2i+1]) and belongs to sample `ids[i]`. */
export interface ProjectionRows {
  readonly ids: Int32Array;
  readonly xy: Float32Array;
}

/** What there is of a model's map, and what it lacks. */
export interface MapState {
  /** With what it was laid out; null where there is no map, or one that was made otherwise. */
  readonly settings: MapSettings | null;
  /** It is only the first picture, which a layout replaces. */
  readonly provisional: boolean;
  /** Points that were laid out together, those of missing samples included. */
  readonly laidOut: number;
  /** Points that were put in among them later. */
  readonly placed: number;
  /** Points of samples that are not missing. */
  readonly present: number;
  /** Embedded samples, not missing, that have no place. */
  readonly waiting: number;
}

/** Rows that are appended between two looks at what else is to be done. */
const ROWS_AT_A_TIME = 1 << 15;
const PRESENT = 'SEMI JOIN (SELECT id FROM samples WHERE NOT missing) present ON present.id = v.sample_id';

/** Replaces the map of a model. @param provisional whether it is only the first picture */
export async function saveProjection(
  session: Session,
  model: string,
  rows: ProjectionRows,
  settings: Readonly<Record<string, unknown>>,
  provisional: boolean,
): Promise<void> {
  for (const table of ['map_points', 'projections']) {
    await session.run(`DELETE FROM ${table} WHERE model = $1`, [model]);
  }
  await appendPoints(session, model, rows, false);
  await session.run('INSERT INTO projections VALUES ($1, $2::JSON, make_timestamp($3::BIGINT * 1000), $4)', [
    model,
    JSON.stringify(settings),
    Date.now(),
    provisional,
  ]);
}

/** Adds points to the map of a model; the others stay as they are. */
export async function placeOnMap(session: Session, model: string, rows: ProjectionRows): Promise<void> {
  await stageIds(session, 'staged', rows.ids);
  await session.run('DELETE FROM map_points USING staged WHERE staged.id = sample_id AND model = $1', [model]);
  await appendPoints(session, model, rows, true);
}

async function appendPoints(
  session: Session,
  model: string,
  { ids, xy }: ProjectionRows,
  placed: boolean,
): Promise<void> {
  for (let from = 0; from < ids.length; from += ROWS_AT_A_TIME) {
    const some = ids.subarray(from, from + ROWS_AT_A_TIME);
    await session.append('map_points', [
      { type: 'INTEGER', values: some },
      { type: 'VARCHAR', values: Array.from(some, () => model) },
      { type: 'FLOAT', values: Float32Array.from(some, (_, i) => xy[2 * (from + i)]) },
      { type: 'FLOAT', values: Float32Array.from(some, (_, i) => xy[2 * (from + i) + 1]) },
      { type: 'BOOLEAN', values: Array.from(some, () => placed) },
    ]);
    await new Promise(setImmediate);
  }
}

export async function mapState(session: Session, model: string): Promise<MapState> {
  const [map] = await session.rows<{ settings: string; provisional: boolean }>(
    'SELECT settings::VARCHAR AS settings, coalesce(provisional, false) AS provisional FROM projections WHERE model = $1',
    [model],
  );
  const points = await session.row<Pick<MapState, 'laidOut' | 'placed' | 'present'>>(
    `SELECT count(*) FILTER (NOT coalesce(p.placed, false))::INTEGER AS "laidOut",
       count(*) FILTER (coalesce(p.placed, false))::INTEGER AS placed,
       count(*) FILTER (NOT s.missing)::INTEGER AS present
     FROM map_points p JOIN samples s ON s.id = p.sample_id WHERE p.model = $1`,
    [model],
  );
  const { waiting } = await session.row<{ waiting: number }>(
    `SELECT count(*)::INTEGER AS waiting FROM embedding_vectors v ${PRESENT}
     ANTI JOIN map_points p ON p.sample_id = v.sample_id AND p.model = v.model WHERE v.model = $1`,
    [model],
  );
  return {
    settings: map ? readSettings(map.settings) : null,
    provisional: map?.provisional ?? false,
    ...points,
    waiting,
  };
}

/** Places of samples on the map of a model, x0, y0, x1, y1, …; NaN for those that have none. @param ids ascending */
export async function placesOf(session: Session, model: string, ids: Int32Array): Promise<Float32Array> {
  const xy = new Float32Array(2 * ids.length).fill(NaN);
  const chunks = await session.chunks('SELECT sample_id, x, y FROM map_points WHERE model = $1 ORDER BY sample_id', [
    model,
  ]);
  let place = 0;
  for (const chunk of chunks) {
    const [id, x, y] = [0, 1, 2].map((column) => chunk.getColumnVector(column));
    for (let row = 0; row < chunk.rowCount; row++) {
      const sample = id.getItem(row) as number;
      while (ids[place] < sample) place++;
      if (ids[place] !== sample) continue;
      xy[2 * place] = x.getItem(row) as number;
      xy[2 * place + 1] = y.getItem(row) as number;
    }
  }
  return xy;
}

/** Null while nobody has chosen. */
export async function chosenMapSettings(session: Session, model: string): Promise<MapSettings | null> {
  const [chosen] = await session.rows<MapSettings>(
    'SELECT neighbors, min_distance AS "minDistance", metric FROM map_settings WHERE model = $1',
    [model],
  );
  return chosen ?? null;
}

export async function chooseMapSettings(
  session: Session,
  model: string,
  { neighbors, minDistance, metric }: MapSettings,
): Promise<void> {
  await session.run('DELETE FROM map_settings WHERE model = $1', [model]);
  await session.run('INSERT INTO map_settings VALUES ($1, $2, $3, $4)', [model, neighbors, minDistance, metric]);
}

/** Maps from before there was a choice of metric were made with the cosine. */
function readSettings(json: string): MapSettings | null {
  const parsed = v.safeParse(MapSettings, { metric: 'cosine', ...(JSON.parse(json) as object) });
  return parsed.success ? parsed.output : null;
}
