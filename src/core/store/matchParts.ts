import type { Session } from './session';

/** A file whose bytes have to be read to know whether an answer is about them. */
export interface UnverifiedFile {
  readonly id: number;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** What the bytes of a file have for a hash; null where they could not be read. */
export interface VerifiedFile {
  readonly id: number;
  readonly hash: string | null;
}

/**
 * Finds the samples of the images in `part_rows` by path, and whether they have the same bytes: `part_images` holds for
 * each its `verdict`. The hash decides; where the dataset knows none, size and time as for the index, and where the time
 * is another one (a copy on another machine) what `verified` says.
 */
export async function matchParts(session: Session, verified: readonly VerifiedFile[]): Promise<void> {
  await session.stage('file_hashes', {
    id: { type: 'INTEGER', values: verified.map(({ id }) => id) },
    hash: { type: 'VARCHAR', values: verified.map(({ hash }) => hash) },
  });
  await session.run(`
    CREATE OR REPLACE TEMP TABLE part_images AS
    SELECT p.position, p.path, s.id,
      CASE WHEN s.id IS NULL THEN 'unknown'
        WHEN s.size <> p.size THEN 'changed'
        WHEN s.content_hash IS NOT NULL THEN if(s.content_hash = p.content_hash, 'same', 'changed')
        WHEN round(s.mtime_ms) = round(p.mtime_ms) OR h.hash = p.content_hash THEN 'same'
        WHEN h.id IS NULL THEN 'unverified'
        ELSE 'changed' END AS verdict
    FROM part_rows p
    LEFT JOIN samples s ON s.path = p.path AND NOT s.missing
    LEFT JOIN file_hashes h ON h.id = s.id
    WHERE p.kind = 'image'`);
}

/** Of the images in `part_images`, those whose file has to be read. */
export function unverifiedFiles(session: Session): Promise<UnverifiedFile[]> {
  return session.rows(`
    SELECT id, path, size::DOUBLE AS size FROM samples
    SEMI JOIN (FROM part_images WHERE verdict = 'unverified') asked USING (id) ORDER BY path`);
}

/** Images, each once however many files tell of it, by what became of them. */
export function countMatches(session: Session): Promise<{ images: number; unknown: number; changed: number }> {
  return session.row(`
    SELECT count(*)::INTEGER AS images, (count(*) FILTER (unknown))::INTEGER AS unknown,
      (count(*) FILTER (NOT unknown AND NOT same))::INTEGER AS changed
    FROM (SELECT bool_or(verdict = 'unknown') AS unknown, bool_or(verdict = 'same') AS same
          FROM part_images GROUP BY path)`);
}
