import type { Session } from './session';
import { releaseSamples } from './taggingStatus';

export type RunKind = 'index' | 'tag' | 'embed' | 'project' | 'duplicates';
export type RunOutcome = 'done' | 'failed' | 'cancelled';

export interface NewRun {
  readonly kind: RunKind;
  /** Provider or embedder, when the run uses one. */
  readonly model: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface RunResult {
  readonly processed: number;
  readonly failed: number;
  readonly error: string | null;
}

export async function beginRun(session: Session, { kind, model, settings }: NewRun): Promise<number> {
  const { id } = await session.row<{ id: number }>(
    `INSERT INTO runs (kind, model, settings, outcome, started_at)
     VALUES ($1, $2, $3::JSON, 'running', make_timestamp($4::BIGINT * 1000)) RETURNING id`,
    [kind, model, JSON.stringify(settings), Date.now()],
  );
  return id;
}

/** Adds to the settings of a run what was only known when it was under way. */
export async function noteRun(session: Session, id: number, notes: Readonly<Record<string, unknown>>): Promise<void> {
  await session.run('UPDATE runs SET settings = json_merge_patch(settings, $2::JSON) WHERE id = $1::INTEGER', [
    id,
    JSON.stringify(notes),
  ]);
}

/** Samples that the run still had in hand become what they were before. */
export async function endRun(session: Session, id: number, outcome: RunOutcome, result: RunResult): Promise<void> {
  await session.run(
    `UPDATE runs SET outcome = $2, processed = $3::INTEGER, failed = $4::INTEGER, error = $5,
       ended_at = make_timestamp($6::BIGINT * 1000) WHERE id = $1::INTEGER`,
    [id, outcome, result.processed, result.failed, result.error, Date.now()],
  );
  await releaseSamples(session);
}
