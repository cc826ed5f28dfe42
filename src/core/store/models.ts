import { DEFAULT_THRESHOLD } from '../policy';
import { deriveTags } from './derive';
import type { Session } from './session';

/** A model that a run is about to use. */
export interface UsedModel {
  readonly name: string;
  /** Of its manifest, raised whenever the same image could be answered differently. */
  readonly revision: string;
  readonly licence: string | null;
  /** Least score, 0 to 100, at which what it says becomes a tag, as long as nobody has set another. */
  readonly threshold: number;
  /** The same of single dimensions, by name, where it is another one. */
  readonly dimensionThresholds?: Readonly<Record<string, number>>;
}

/** Vectors of two revisions cannot be compared: those of an earlier one go, and their map and what they told of duplicates with them. */
export async function useModel(
  session: Session,
  { name, revision, licence, threshold, dimensionThresholds = {} }: UsedModel,
): Promise<void> {
  const [known] = await session.rows<{ revision: string | null; thresholds: string | null }>(
    'SELECT revision, thresholds::VARCHAR AS thresholds FROM models WHERE name = $1',
    [name],
  );
  if (known?.revision !== revision) {
    for (const table of ['embedding_vectors', 'map_points', 'projections']) {
      await session.run(`DELETE FROM ${table} WHERE model = $1`, [name]);
    }
    await session.run('DELETE FROM near_duplicates WHERE found_by = $1', [name]);
  }
  const thresholds = JSON.stringify({ tag: threshold, dimensions: dimensionThresholds });
  await session.run(
    `INSERT INTO models (name, revision, licence, thresholds) VALUES ($1, $2, $3, $4::JSON)
     ON CONFLICT (name) DO UPDATE
     SET revision = excluded.revision, licence = excluded.licence, thresholds = excluded.thresholds`,
    [name, revision, licence, thresholds],
  );
  if (JSON.stringify(readThresholds(known?.thresholds ?? null)) === thresholds) return;
  await deriveTags(
    session,
    await session.integers('SELECT DISTINCT sample_id FROM predictions WHERE model = $1', [name]),
  );
}

/** What holds so far; databases before labels had thresholds of their own have no `dimensions`. */
function readThresholds(stored: string | null): { tag: number; dimensions: Record<string, number> } {
  const { tag = DEFAULT_THRESHOLD, dimensions = {} } = JSON.parse(stored ?? '{}') as {
    tag?: number;
    dimensions?: Record<string, number>;
  };
  return { tag, dimensions };
}
