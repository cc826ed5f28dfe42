import { PERSON } from '../filter/filterFields';
import { remember } from './remember';
import { stageReviewed } from './reviewStates';
import { REVIEW_FACET, SOURCE_FACET } from './selectSamples';
import type { Session } from './session';

/** A value of the facets about who said so, and the bit that stands for it in `search_origins.origin`. */
export interface Origin {
  readonly dimension: string;
  readonly value: string;
  readonly bit: number;
}

/** More do not fit into a number that JavaScript takes exactly. */
const MOST_SOURCES = 50;
const OPEN = 0;
const DONE = 1;

/** What the bits mean: review is open, review is done, then the sources, a person first. */
export function readOrigins(session: Session): Promise<Origin[]> {
  return remember(session, 'origins', async () => {
    const rows = await session.rows<{ source: string }>(
      `SELECT source FROM sample_tags GROUP BY source ORDER BY source <> $1, count(*) DESC, source LIMIT ${MOST_SOURCES}`,
      [PERSON],
    );
    const sources = rows.map(({ source }, index): Origin => ({
      dimension: SOURCE_FACET,
      value: source,
      bit: index + 2,
    }));
    return [
      { dimension: REVIEW_FACET, value: 'open', bit: OPEN },
      { dimension: REVIEW_FACET, value: 'done', bit: DONE },
      ...sources,
    ];
  });
}

/**
 * Makes sure of the temp table `search_origins (id, origin)`: in one number for each sample who gave it tags and how far
 * they are reviewed, so that counting them under a filter need not look at every tag.
 */
export async function stageOrigins(session: Session): Promise<void> {
  await remember(session, 'search_origins', async () => {
    await stageReviewed(session);
    const origins = await readOrigins(session);
    const sources = origins.filter(({ dimension }) => dimension === SOURCE_FACET);
    const bits = sources.map(({ bit }, index) => `WHEN $${index + 1} THEN ${2 ** bit}`);
    const who = bits.length > 0 ? `CASE source ${bits.join(' ')} ELSE 0 END` : '0';
    await session.run(
      `CREATE OR REPLACE TEMP TABLE search_origins AS
       SELECT id, bit_or(bits)::BIGINT AS origin
       FROM (
         SELECT sample_id AS id,
           ((${who})::BIGINT + (source <> '${PERSON}' AND implied_by IS NULL)::BIGINT * ${2 ** OPEN}) AS bits
         FROM sample_tags
         UNION ALL SELECT sample_id, ${2 ** OPEN} FROM pending_suggestions
         UNION ALL SELECT id, ${2 ** DONE} FROM search_reviewed
       )
       GROUP BY id`,
      sources.map(({ value }) => value),
    );
  });
}
