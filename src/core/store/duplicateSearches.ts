import { saveDuplicates, type AlikePairs } from './duplicates';
import type { Session } from './session';

/** A search for near duplicates by the vectors of a model, which a person asked for. */
export interface DuplicateSearch {
  readonly model: string;
  /** The cosine, in percent, from which on two images are near duplicates. */
  readonly least: number;
  /** Digest of the vectors that were compared. */
  readonly vectors: string;
  /** Pairs that are known by it. */
  readonly pairs: number;
}

export function duplicateSearches(session: Session): Promise<DuplicateSearch[]> {
  return session.rows<DuplicateSearch>(
    `SELECT model, least, vectors, (SELECT count(*) FROM near_duplicates WHERE found_by = model)::INTEGER AS pairs
     FROM duplicate_searches ORDER BY model`,
  );
}

/** Replaces what was found by the model. @param vectors digest of what was compared */
export async function saveSearch(session: Session, runId: number, found: AlikePairs, vectors: string): Promise<void> {
  await saveDuplicates(session, runId, [found]);
  await session.run(
    `INSERT INTO duplicate_searches VALUES ($1, $2::DOUBLE, $3)
     ON CONFLICT (model) DO UPDATE SET least = excluded.least, vectors = excluded.vectors`,
    [found.foundBy, found.least, vectors],
  );
}

/** What was found by a model is not known any more, nor looked for again. */
export async function forgetSearch(session: Session, runId: number, model: string): Promise<void> {
  await session.run('DELETE FROM duplicate_searches WHERE model = $1', [model]);
  await session.run('DELETE FROM near_duplicates WHERE found_by = $1', [model]);
  await saveDuplicates(session, runId, []);
}
