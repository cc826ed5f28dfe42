import type { Session } from './session';

/** Point `i` is (xy[2i], xy[2i+1]) and belongs to sample `ids[i]`. */
export interface ProjectionRows {
  readonly ids: Int32Array;
  readonly xy: Float32Array;
}

/** Replaces the map of a model. */
export async function saveProjection(
  session: Session,
  model: string,
  { ids, xy }: ProjectionRows,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  await session.run('DELETE FROM map_points WHERE model = $1', [model]);
  await session.append('map_points', [
    { type: 'INTEGER', values: ids },
    { type: 'VARCHAR', values: Array.from(ids, () => model) },
    { type: 'FLOAT', values: Float32Array.from(ids, (_, index) => xy[2 * index]) },
    { type: 'FLOAT', values: Float32Array.from(ids, (_, index) => xy[2 * index + 1]) },
  ]);
  await session.run('INSERT OR REPLACE INTO projections VALUES ($1, $2::JSON, make_timestamp($3::BIGINT * 1000))', [
    model,
    canonical(settings),
    Date.now(),
  ]);
}

/** Whether the map was made with these settings and every embedded sample, not missing, is on it. */
export async function projectionIsCurrent(
  session: Session,
  model: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const { current } = await session.row<{ current: boolean }>(
    `SELECT EXISTS (FROM projections WHERE model = $1 AND settings::VARCHAR = $2) AND NOT EXISTS (
       FROM embedding_vectors v SEMI JOIN (SELECT id FROM samples WHERE NOT missing) present ON present.id = v.sample_id
       ANTI JOIN map_points p ON p.sample_id = v.sample_id AND p.model = v.model
       WHERE v.model = $1) AS current`,
    [model, canonical(settings)],
  );
  return current;
}

/** Equal settings have equal texts, whatever the order of their names. */
function canonical(settings: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))));
}
