import { DEFAULT_THRESHOLD } from '../policy';
import { deriveTouched } from './deriveTouched';
import { importFileFailures, importModelFailures } from './importFailures';
import { groupRuns, replaceImported, type RunGroup } from './importAnswers';
import { countMatches, matchParts, type VerifiedFile } from './matchParts';
import { useModel } from './models';
import { MEASURED } from './partSchema';
import { beginRun, endRun } from './runs';
import type { Session } from './session';
import { stageParts, type CheckedParts } from './stageParts';
import { clearFailures, FILE } from './taggingFailures';
import { summarizeStatus } from './taggingStatus';

export interface ImportReport {
  /** Images that the files tell of, each once. */
  readonly images: number;
  /** Those with something new: an answer, a caption, another score. */
  readonly imported: number;
  /** Those whose file is another one by now, or elsewhere: refused. */
  readonly changed: number;
  /** Those that the dataset does not have. */
  readonly unknown: number;
  /** Failures that were not known. */
  readonly failed: number;
  /** Runs that were made: one for each model with something new. */
  readonly runs: readonly { readonly id: number; readonly model: string }[];
}

export interface ImportHooks {
  /** Aborting it takes everything back. */
  readonly signal: AbortSignal;
  /** Files read so far. */
  readonly each: (done: number) => void;
}

/**
 * Takes over what part files say, as if the runs had been here: replaced is what the same model said before to the same
 * questions. What is known already changes nothing. Of files that tell of the same image the last one counts.
 * @throws the signal's reason
 */
export async function importParts(
  session: Session,
  { files, runs: said }: CheckedParts,
  verified: readonly VerifiedFile[],
  { signal, each }: ImportHooks,
): Promise<ImportReport> {
  const groups = groupRuns(said);
  await stageParts(session, files, {
    each: (done) => {
      signal.throwIfAborted();
      each(done);
    },
  });
  await matchParts(session, verified);
  await session.run('CREATE OR REPLACE TEMP TABLE imported_ids (id INTEGER)');
  await takeMeasures(session);
  const runs: ImportReport['runs'][number][] = [];
  let failed = 0;
  for (const group of groups) {
    signal.throwIfAborted();
    const run = await importGroup(session, group);
    if (!run) continue;
    runs.push({ id: run.id, model: group.model });
    failed += run.failed;
  }
  signal.throwIfAborted();
  await deriveTouched(session, 'imported_ids');
  signal.throwIfAborted();
  const { imported } = await session.row<{ imported: number }>(
    'SELECT count(DISTINCT id)::INTEGER AS imported FROM imported_ids',
  );
  const counts = { ...(await countMatches(session)), imported, failed, runs };
  await session.run('DROP TABLE part_rows');
  return counts;
}

/** A run of its own where there is something new, else null. */
async function importGroup(session: Session, group: RunGroup): Promise<{ id: number; failed: number } | null> {
  const { model, revision, licence, threshold, dimensionThresholds, settings } = group;
  const id = await beginRun(session, { kind: 'tag', model, settings: { ...settings, imported: true } });
  const processed = await replaceImported(session, id, group);
  const failed = (await importFileFailures(session, id)) + (await importModelFailures(session, id, model));
  if (processed + failed === 0) {
    await session.run('DELETE FROM runs WHERE id = $1::INTEGER', [id]);
    return null;
  }
  if (revision !== null) {
    await useModel(session, {
      ...{ name: model, revision, licence },
      ...{ threshold: threshold ?? DEFAULT_THRESHOLD, dimensionThresholds },
    });
  }
  await endRun(session, id, 'done', { processed, failed, error: null });
  return { id, failed };
}

/** What was measured of images that nobody has looked at here; what is known stays. */
async function takeMeasures(session: Session): Promise<void> {
  await session.run(`
    CREATE OR REPLACE TEMP TABLE measured AS
    SELECT DISTINCT ON (i.id) i.id, p.*
    FROM part_images i
    JOIN part_rows p ON p.position = i.position AND p.path = i.path AND p.kind = 'image'
    JOIN samples s ON s.id = i.id
    WHERE i.verdict = 'same' AND s.lightness IS NULL
    ORDER BY i.position DESC`);
  await session.run(`
    UPDATE samples SET content_hash = measured.content_hash, error_code = NULL,
      ${MEASURED.map((name) => `${name} = measured.${name}`).join(', ')}
    FROM measured WHERE measured.id = samples.id`);
  await session.run('CREATE OR REPLACE TEMP TABLE staged AS SELECT id FROM measured');
  await clearFailures(session, 'staged', FILE);
  await summarizeStatus(session, 'staged');
}
