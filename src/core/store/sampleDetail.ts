import type {
  Caption,
  DecisionDetail,
  PendingDetail,
  PredictionDetail,
  SampleRecord,
  SampleRecordDetail,
  StoredMeasures,
  TagDetail,
} from '../sampleRecord';
import { decidedSql } from './decided';
import { duplicatesOf } from './duplicates';
import { RECORD_COLUMNS } from './page';
import { limitsSql } from './policyMatrix';
import { stageIds, type Session } from './session';

/** A time as text: ISO 8601, and all times of the database are UTC. */
const iso = (column: string) => `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ')`;

type DetailRow = SampleRecord &
  StoredMeasures &
  Pick<SampleRecordDetail, 'size' | 'format' | 'capturedAt' | 'camera' | 'contentHash'>;

/** Everything known of one sample, null when there is none of that id. */
export async function sample(session: Session, id: number): Promise<SampleRecordDetail | null> {
  const [row] = await session.rows<DetailRow>(
    `SELECT ${RECORD_COLUMNS}, s.size::DOUBLE AS size, s.format, s.camera, s.content_hash AS "contentHash",
       strftime(s.captured_at, '%Y-%m-%dT%H:%M:%S') AS "capturedAt",
       s.lightness, s.sharpness, s.noise, s.entropy, s.chroma, s.overexposed
     FROM samples s WHERE s.id = $1::INTEGER`,
    [id],
  );
  if (!row) return null;
  const { lightness, sharpness, noise, entropy, chroma, overexposed, ...rest } = row;
  const tagDetails = await session.rows<TagDetail>(
    `SELECT t.tag, t.dimension, t.source, t.confidence, t.run_id AS "runId",
       ${iso('coalesce(d.made_at, r.started_at)')} AS since, t.implied_by AS "impliedBy"
     FROM (SELECT * FROM sample_tags WHERE sample_id = $1::INTEGER) t
     LEFT JOIN runs r ON r.id = t.run_id
     LEFT JOIN (SELECT id, made_at FROM decisions WHERE sample_id = $1::INTEGER) d ON d.id = t.decision_id
     ORDER BY t.confidence DESC, t.tag`,
    [id],
  );
  const pending = await session.rows<PendingDetail>(
    `SELECT tag, dimension, source, confidence, run_id AS "runId" FROM pending_suggestions
     WHERE sample_id = $1::INTEGER ORDER BY confidence DESC, tag`,
    [id],
  );
  await stageIds(session, 'detailed', [id]);
  const decisions = await session.rows<DecisionDetail>(
    `SELECT held.tag, held.dimension, held.action, ${iso('d.made_at')} AS "madeAt"
     FROM (${decidedSql({ samples: 'detailed' })}) held
     JOIN (SELECT id, made_at FROM decisions WHERE sample_id = $1::INTEGER) d ON d.id = held.decision_id
     ORDER BY held.decision_id DESC`,
    [id],
  );
  const predictions = await session.rows<PredictionDetail>(
    `WITH said AS (SELECT * FROM predictions WHERE sample_id = $1::INTEGER),
       pairs AS (SELECT DISTINCT model AS provider, dimension FROM said)
     SELECT said.model, said.dimension, said.tag, said.score, limits.threshold
     FROM said JOIN (${limitsSql('pairs')}) limits ON limits.provider = said.model AND limits.dimension = said.dimension
     ORDER BY said.score DESC, said.tag, said.model`,
    [id],
  );
  const captions = await session.rows<Caption>(
    'SELECT model, caption FROM captions WHERE sample_id = $1::INTEGER AND caption IS NOT NULL ORDER BY model',
    [id],
  );
  return {
    ...rest,
    measures: { lightness, sharpness, noise, entropy, chroma, overexposed },
    tagDetails,
    pending,
    decisions,
    predictions,
    captions,
    duplicates: await duplicatesOf(session, id),
  };
}

/** The sample at a path relative to the dataset's folder; one that is not missing when there are several. */
export async function sampleIdByPath(session: Session, path: string): Promise<number | null> {
  const [row] = await session.rows<{ id: number }>(
    'SELECT id FROM samples WHERE path = $1 ORDER BY missing, id DESC LIMIT 1',
    [path],
  );
  return row?.id ?? null;
}
