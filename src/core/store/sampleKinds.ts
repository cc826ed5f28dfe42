import { remember } from './remember';
import { SCALAR_FACETS } from './selectSamples';
import type { Session } from './session';

/** What samples of one kind have in common: the values of `SCALAR_FACETS`, by the names of these. */
export type SampleKind = Readonly<Record<string, string | null>>;

/**
 * Makes sure of the temp table `search_kinds (id, kind)`: numbers are counted in a fraction of the time that texts take.
 * Returns the kinds; their places in the list are the numbers.
 */
export function stageKinds(session: Session): Promise<readonly SampleKind[]> {
  return remember(
    session,
    'search_kinds',
    async () => {
      const facets = Object.entries(SCALAR_FACETS);
      await session.run(
        `CREATE OR REPLACE TEMP TABLE search_kind_values AS
         SELECT (row_number() OVER () - 1)::INTEGER AS kind, *
         FROM (SELECT DISTINCT ${facets.map(([name, { sql }]) => `${sql} AS ${name}`).join(', ')} FROM samples s)`,
      );
      await session.run(
        `CREATE OR REPLACE TEMP TABLE search_kinds AS
         SELECT s.id, v.kind FROM samples s
         JOIN search_kind_values v ON ${facets.map(([name, { sql }]) => `v.${name} IS NOT DISTINCT FROM ${sql}`).join(' AND ')}`,
      );
      return session.rows<SampleKind>(
        `SELECT ${facets.map(([name]) => name).join(', ')} FROM search_kind_values ORDER BY kind`,
      );
    },
    'files',
  );
}
