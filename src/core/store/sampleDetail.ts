import type {
  Caption,
  PredictionDetail,
  SampleRecord,
  SampleRecordDetail,
  StoredMeasures,
  TagDetail,
} from '../sampleRecord';
import { duplicatesOf } from './duplicates';
import { RECORD_COLUMNS } from './page';
import type { Session } from './session';

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
    `SELECT tag, dimension, source, confidence FROM sample_tags WHERE sample_id = $1::INTEGER
     ORDER BY confidence DESC, tag`,
    [id],
  );
  const predictions = await session.rows<PredictionDetail>(
    `SELECT model, dimension, tag, score FROM predictions WHERE sample_id = $1::INTEGER
     ORDER BY score DESC, tag, model`,
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
