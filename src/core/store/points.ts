import { SqlParameters } from '../filter/sqlParameters';
import type { SampleFilter } from '../sampleFilter';
import { readColumns } from './readColumns';
import { remember } from './remember';
import { compileWhere } from './selectSamples';
import type { Session } from './session';

/** The map of a model: point `i` is that of sample `ids[i]`, in ascending order. */
export interface MapPoints {
  readonly ids: Int32Array;
  /** x0, y0, x1, y1, … */
  readonly xy: Float32Array;
}

/** Samples, not missing, that have a place on the model's map: what `points` and `matchingPoints` run over. */
const MAPPED = 'map_points p JOIN samples s ON s.id = p.sample_id WHERE p.model = $1 AND NOT s.missing';

/** The arrays are kept and given out again: they are not to be written to. */
export function points(session: Session, model: string): Promise<MapPoints> {
  return remember(
    session,
    `points:${model}`,
    async () => {
      const sql = `SELECT p.sample_id, p.x, p.y FROM ${MAPPED} ORDER BY p.sample_id`;
      const [ids, x, y] = await readColumns(session, sql, [model], ['INTEGER', 'FLOAT', 'FLOAT']);
      const xy = new Float32Array(2 * ids.length);
      for (let point = 0; point < ids.length; point++) {
        xy[2 * point] = x[point];
        xy[2 * point + 1] = y[point];
      }
      return { ids, xy };
    },
    'files',
  );
}

/** Index of each sample's point by the sample's id, -1 for those that have none. */
export function placesById({ ids }: MapPoints): Int32Array {
  const places = new Int32Array((ids.at(-1) ?? 0) + 1).fill(-1);
  for (let point = 0; point < ids.length; point++) places[ids[point]] = point;
  return places;
}

/** 1 for each of the `points` of the model that passes the filter, else 0. */
export async function matchingPoints(session: Session, model: string, filter: SampleFilter): Promise<Uint8Array> {
  const parameters = new SqlParameters();
  parameters.add(model);
  const where = await compileWhere(session, filter, parameters);
  const sql = `SELECT (${where})::UTINYINT FROM ${MAPPED} ORDER BY p.sample_id`;
  const [mask] = await readColumns(session, sql, parameters.values, ['UTINYINT']);
  return mask;
}
