import type { IndexChange, IndexedFile } from '../indexChange';
import { deriveTags } from './derive';
import { stageIds, type Session } from './session';

/**
 * Every file the index knows. A missing sample can share its path with the one that took its place, which then comes
 * later in the list.
 */
export function indexedFiles(session: Session): Promise<IndexedFile[]> {
  return session.rows(`
    SELECT id, path, size::DOUBLE AS size, mtime_ms AS "mtimeMs", content_hash AS "contentHash", missing,
      format IS NOT NULL OR tagging_status = 'failed' AS "hasHeader"
    FROM samples ORDER BY missing DESC, id`);
}

/** Takes over what a walk of the folder found. Returns the ids of the new samples, in the order given. */
export async function commitIndex(session: Session, change: IndexChange): Promise<{ addedIds: number[] }> {
  if (change.missing.length > 0) await setMissing(session, change.missing, true);
  if (change.found.length > 0) await setMissing(session, change.found, false);
  if (change.moved.length > 0) await move(session, change.moved);
  if (change.changed.length > 0) await reset(session, change.changed);
  return { addedIds: change.added.length > 0 ? await add(session, change.added) : [] };
}

async function setMissing(session: Session, ids: readonly number[], missing: boolean): Promise<void> {
  await stageIds(session, 'staged', ids);
  await session.run('UPDATE samples SET missing = $1 FROM staged WHERE staged.id = samples.id', [missing]);
}

async function move(session: Session, moved: IndexChange['moved']): Promise<void> {
  await session.stage('staged', {
    id: { type: 'INTEGER', values: moved.map(({ id }) => id) },
    path: { type: 'VARCHAR', values: moved.map(({ path }) => path) },
    mtime_ms: { type: 'DOUBLE', values: moved.map(({ mtimeMs }) => mtimeMs) },
  });
  await session.run(
    'UPDATE samples SET path = staged.path, mtime_ms = staged.mtime_ms, missing = false FROM staged WHERE staged.id = samples.id',
  );
}

/** Other bytes: whatever was derived from the old ones goes. Decisions are about the sample and stay. */
async function reset(session: Session, changed: IndexChange['changed']): Promise<void> {
  const ids = changed.map(({ id }) => id);
  await session.stage('staged', {
    id: { type: 'INTEGER', values: ids },
    size: { type: 'DOUBLE', values: changed.map(({ size }) => size) },
    mtime_ms: { type: 'DOUBLE', values: changed.map(({ mtimeMs }) => mtimeMs) },
  });
  await session.run(`
    UPDATE samples SET size = staged.size::BIGINT, mtime_ms = staged.mtime_ms, missing = false,
      content_hash = NULL, perceptual_hash = NULL, width = NULL, height = NULL, format = NULL, captured_at = NULL,
      camera = NULL, lightness = NULL, sharpness = NULL, noise = NULL, entropy = NULL, chroma = NULL,
      overexposed = NULL, tagging_status = 'pending', error = NULL, error_code = NULL
    FROM staged WHERE staged.id = samples.id`);
  for (const table of [
    'predictions',
    'taggings',
    'captions',
    'replaced_predictions',
    'replaced_taggings',
    'replaced_captions',
    'descriptors',
    'embedding_vectors',
    'map_points',
    'duplicate_members',
    'uniqueness',
    'tagging_failures',
  ]) {
    await session.run(`DELETE FROM ${table} USING staged WHERE staged.id = ${table}.sample_id`);
  }
  await session.run('DELETE FROM near_duplicates USING staged WHERE staged.id IN (sample_a, sample_b)');
  await deriveTags(session, ids);
}

async function add(session: Session, added: IndexChange['added']): Promise<number[]> {
  const { last } = await session.row<{ last: number }>('SELECT coalesce(max(id), 0)::INTEGER AS last FROM samples');
  const ids = added.map((_, index) => last + 1 + index);
  await session.stage('staged', {
    id: { type: 'INTEGER', values: ids },
    path: { type: 'VARCHAR', values: added.map(({ path }) => path) },
    size: { type: 'DOUBLE', values: added.map(({ size }) => size) },
    mtime_ms: { type: 'DOUBLE', values: added.map(({ mtimeMs }) => mtimeMs) },
  });
  await session.run(`
    INSERT INTO samples (id, dataset_id, path, size, mtime_ms, tagging_status, missing, tag_text)
    SELECT id, 1, path, size::BIGINT, mtime_ms, 'pending', false, '' FROM staged ORDER BY id`);
  return ids;
}
