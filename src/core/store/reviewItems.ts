import type { ReviewOrder } from '../../protocol/reviewApi';
import { dropReview, stageReviewQueue, type ReviewScope } from './reviewQueue';
import type { Session } from './session';
import { stageUsefulness } from './usefulness';

/** The queue, as parallel arrays: `tags[i]` indexes `tagNames`, `providers[i]` `providerNames`. */
export interface ReviewItems {
  readonly ids: Int32Array;
  /** 0 to 100. */
  readonly confidences: Float32Array;
  readonly tags: Int32Array;
  readonly tagNames: string[];
  readonly providers: Uint8Array;
  readonly providerNames: string[];
  /** 1 where it is a tag already because the policy approves it. */
  readonly inUse: Uint8Array;
}

const ORDERS: Readonly<Record<ReviewOrder, string>> = {
  useful: 'u.useful DESC, ',
  confident: 'q.confidence DESC, ',
  unsure: 'q.confidence, ',
};

/** The whole queue; equal ones in the order of ids, then tags. `useful` is what `stageUsefulness` says. */
export async function reviewItems(
  session: Session,
  { order, ...scope }: ReviewScope & { readonly order: ReviewOrder },
): Promise<ReviewItems> {
  try {
    await stageReviewQueue(session, scope);
    const isUseful = order === 'useful';
    if (isUseful) await stageUsefulness(session);
    const names = async (column: 'tag' | 'source') =>
      (await session.rows<{ name: string }>(`SELECT DISTINCT ${column} AS name FROM review_queue ORDER BY name`)).map(
        ({ name }) => name,
      );
    const numbered = (column: 'tag' | 'source') =>
      `(SELECT ${column}, (row_number() OVER (ORDER BY ${column}) - 1)::INTEGER AS place
        FROM (SELECT DISTINCT ${column} FROM review_queue))`;
    const tagNames = await names('tag');
    const providerNames = await names('source');
    const chunks = await session.chunks(
      `SELECT q.sample_id, t.place, p.place, q.confidence, q.in_use::INTEGER
       FROM review_queue q
       JOIN ${numbered('tag')} t ON t.tag = q.tag
       JOIN ${numbered('source')} p ON p.source = q.source
       ${isUseful ? 'JOIN review_useful u ON u.sample_id = q.sample_id AND u.tag = q.tag' : ''}
       ORDER BY ${ORDERS[order]}q.sample_id, t.place`,
    );
    const count = chunks.reduce((total, { rowCount }) => total + rowCount, 0);
    const ids = new Int32Array(count);
    const tags = new Int32Array(count);
    const providers = new Uint8Array(count);
    const confidences = new Float32Array(count);
    const inUse = new Uint8Array(count);
    let start = 0;
    for (const chunk of chunks) {
      for (const [column, target] of [ids, tags, providers, confidences, inUse].entries()) {
        const vector = chunk.getColumnVector(column);
        for (let row = 0; row < chunk.rowCount; row++) target[start + row] = vector.getItem(row) as number;
      }
      start += chunk.rowCount;
    }
    return { ids, confidences, tags, tagNames, providers, providerNames, inUse };
  } finally {
    await dropReview(session);
  }
}
