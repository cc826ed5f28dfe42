import { PERSON } from '../filter/filterFields';
import { remember } from './remember';
import { stageReviewed } from './reviewStates';
import { REVIEW_FACET, SOURCE_FACET } from './selectSamples';
import type { Session } from './session';
import { tagLexicon } from './tagLexicon';

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
    const samples = new Map<string, number>();
    for (const name of (await tagLexicon(session)).names) {
      samples.set(name.source, (samples.get(name.source) ?? 0) + name.samples);
    }
    const rows = [...samples].sort(([a, m], [b, n]) => Number(b === PERSON) - Number(a === PERSON) || n - m);
    const sources = rows
      .slice(0, MOST_SOURCES)
      .map(([value], index): Origin => ({ dimension: SOURCE_FACET, value, bit: index + 2 }));
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
    const { names } = await tagLexicon(session);
    const bits = names.map(({ source, implied }) => {
      const bit = origins.find(({ dimension, value }) => dimension === SOURCE_FACET && value === source)?.bit;
      return (bit === undefined ? 0 : 2 ** bit) + (source !== PERSON && !implied ? 2 ** OPEN : 0);
    });
    await session.stage('search_name_bits', {
      name_id: { type: 'INTEGER', values: names.map(({ id }) => id) },
      bits: { type: 'DOUBLE', values: bits },
    });
    await session.run(
      `CREATE OR REPLACE TEMP TABLE search_origins AS
       SELECT id, bit_or(bits)::BIGINT AS origin
       FROM (
         SELECT sample_id AS id, b.bits::BIGINT AS bits
         FROM derived_tags JOIN search_name_bits b USING (name_id) WHERE NOT pending
         UNION ALL SELECT sample_id, ${2 ** OPEN} FROM derived_tags WHERE pending
         UNION ALL SELECT id, ${2 ** DONE} FROM search_reviewed
       )
       GROUP BY id`,
    );
  });
}
