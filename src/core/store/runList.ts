import type { RunKind, RunOutcome } from './runs';
import type { Session } from './session';

/** A run, and what of it is in force. */
export interface RunListRow {
  id: number;
  kind: RunKind;
  /** By its name, or null. */
  model: string | null;
  outcome: RunOutcome | 'running' | 'interrupted';
  /** ISO 8601 in UTC. */
  startedAt: string;
  endedAt: string | null;
  processed: number;
  failed: number;
  error: string | null;
  settings: { label: string; value: string }[];
  predictions: number;
  samples: number;
  /** It was undone and not restored since. */
  undone: boolean;
  canUndo: boolean;
  canRestore: boolean;
}

export interface RunPage {
  readonly offset: number;
  readonly limit: number;
}

type StoredRow = Omit<RunListRow, 'settings'> & { settings: string };

/** Runs, the last one first. */
export async function runList(
  session: Session,
  { offset, limit }: RunPage,
): Promise<{ total: number; runs: RunListRow[] }> {
  const { total, busy } = await session.row<{ total: number; busy: boolean }>(
    `SELECT count(*)::INTEGER AS total, count(*) FILTER (outcome = 'running') > 0 AS busy FROM runs`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE listed_runs AS FROM runs ORDER BY id DESC LIMIT $1::BIGINT OFFSET $2::BIGINT`,
    [limit, offset],
  );
  const rows = await session.rows<StoredRow>(
    `WITH said AS (
       SELECT run_id, model, count(*) AS rows FROM predictions
       WHERE run_id IN (SELECT id FROM listed_runs) GROUP BY ALL
     ), answered AS (
       SELECT DISTINCT run_id, model FROM (
         SELECT run_id, model FROM said
         UNION ALL SELECT run_id, model FROM taggings WHERE run_id IN (SELECT id FROM listed_runs)
         UNION ALL SELECT run_id, model FROM captions WHERE run_id IN (SELECT id FROM listed_runs)
       )
     ), undone AS (
       SELECT DISTINCT run_id, model FROM (
         SELECT run_id, model, replaced_by FROM replaced_predictions
         UNION ALL SELECT run_id, model, replaced_by FROM replaced_taggings
         UNION ALL SELECT run_id, model, replaced_by FROM replaced_captions
       ) WHERE run_id = replaced_by
     ), tagged AS (
       SELECT run_id, count(DISTINCT sample_id) AS samples FROM sample_tags
       WHERE run_id IN (SELECT id FROM listed_runs) GROUP BY run_id
     )
     SELECT r.id, r.kind, r.model, r.outcome, r.error, r.settings::VARCHAR AS settings,
       strftime(r.started_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS "startedAt",
       strftime(r.ended_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS "endedAt",
       coalesce(r.processed, 0)::INTEGER AS processed, coalesce(r.failed, 0)::INTEGER AS failed,
       coalesce((SELECT sum(rows) FROM said WHERE said.run_id = r.id), 0)::INTEGER AS predictions,
       coalesce(tagged.samples, 0)::INTEGER AS samples,
       r.undone_at IS NOT NULL AS undone,
       NOT $1 AND r.kind IN ('tag', 'embed') AND r.undone_at IS NULL
         AND EXISTS (FROM answered a WHERE a.run_id = r.id AND a.model = r.model) AS "canUndo",
       NOT $1 AND r.undone_at IS NOT NULL
         AND EXISTS (FROM undone u WHERE u.run_id = r.id AND u.model = r.model) AS "canRestore"
     FROM listed_runs r LEFT JOIN tagged ON tagged.run_id = r.id
     ORDER BY r.id DESC`,
    [busy],
  );
  return { total, runs: rows.map((row) => ({ ...row, settings: settingWords(row.settings) })) };
}

/** Questions and the like are objects by name, of which the names are shown. What says nothing is left out. */
function settingWords(json: string): RunListRow['settings'] {
  return Object.entries(JSON.parse(json) as Record<string, unknown>).flatMap(([name, value]) => {
    if (name === 'retry' && value === 'due') return []; // as ever
    const text = inWords(value);
    return text === '' ? [] : [{ label: LABELS[name] ?? name, value: text }];
  });
}

const LABELS: Readonly<Record<string, string>> = {
  revision: 'Revision',
  dtype: 'Precision',
  device: 'Device',
  host: 'Sent to',
  stopped: 'Stopped',
  fallback: 'Fallback',
  embedder: 'Embedder',
  dimensions: 'Questions',
  freeTags: 'Free tags',
  caption: 'Caption',
  vector: 'Embedding',
  retry: 'Tried again',
  exclude: 'Excluded',
  neighbors: 'Neighbours',
  minDistance: 'Least distance',
  seed: 'Seed',
};

function inWords(value: unknown): string {
  if (value === null || value === undefined || value === false || value === 0) return '';
  if (value === true) return 'yes';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return (Array.isArray(value) ? value.map(inWords) : Object.keys(value)).filter((text) => text !== '').join(', ');
}
