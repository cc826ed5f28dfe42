import type { SampleScope } from '../sampleScope';
import type { Session } from './session';
import { stageScope } from './stageScope';

export interface TagUse {
  /** Samples looked at. */
  total: number;
  tags: { tag: string; dimension: string; samples: number }[];
}

/** Tags that some of these samples have, the most frequent first. */
export async function tagsOf(session: Session, scope: SampleScope): Promise<TagUse> {
  await stageScope(session, 'asked_samples', scope);
  const { total } = await session.row<{ total: number }>('SELECT count(*)::INTEGER AS total FROM asked_samples');
  const tags = await session.rows<TagUse['tags'][number]>(
    `SELECT tag, min(dimension) AS dimension, count(*)::INTEGER AS samples
     FROM sample_tags SEMI JOIN asked_samples ON asked_samples.id = sample_id
     GROUP BY tag ORDER BY samples DESC, tag`,
  );
  return { total, tags };
}
