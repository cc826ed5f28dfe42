import type { Session } from '../../../../src/core/store/session';

export interface PredictionRow {
  readonly sampleId: number;
  readonly model: string;
  readonly dimension: string;
  readonly tag: string;
  readonly score: number;
}

export interface DecisionRow {
  readonly id: number;
  readonly sampleId: number;
  readonly tag: string;
  readonly dimension: string;
  readonly action: string;
}

/** A tag of a sample, or (`pending`) a suggestion that waits. */
export interface DerivedRow {
  readonly tag: string;
  readonly dimension: string;
  readonly source: string;
  readonly confidence: number;
  readonly decisionId: number | null;
  readonly impliedBy: string | null;
  readonly pending: boolean;
}

/** All that tags are derived from, as it stands in the tables. */
export interface BaseRows {
  readonly predictions: readonly PredictionRow[];
  /** By id. */
  readonly decisions: readonly DecisionRow[];
  readonly tags: ReadonlyMap<
    string,
    { dimension: string; aliasOf: string | null; implies: readonly string[]; deletedAfter: number | null }
  >;
  /** By provider and name, with a space between. */
  readonly mappings: ReadonlyMap<
    string,
    { action: string; tag: string | null; dimension: string | null; factor: number }
  >;
  readonly dimensions: ReadonlyMap<string, { single: boolean; inUse: boolean }>;
  /** By origin, provider and dimension. */
  readonly policies: ReadonlyMap<
    string,
    {
      threshold: number | null;
      autoApprove: boolean | null;
      holdUnmapped: boolean | null;
      maxTags: number | null;
    }
  >;
  /** The threshold that each brings. */
  readonly models: ReadonlyMap<string, number>;
}

export async function baseRows(session: Session): Promise<BaseRows> {
  const keyed = async <T>(sql: string) => {
    const rows = await session.rows<T & { key: string }>(sql);
    return new Map(rows.map(({ key, ...row }) => [key, row as unknown as T]));
  };
  return {
    predictions: await session.rows('SELECT sample_id AS "sampleId", model, dimension, tag, score FROM predictions'),
    decisions: await session.rows(
      'SELECT id, sample_id AS "sampleId", tag, dimension, action FROM decisions ORDER BY id',
    ),
    tags: await keyed(
      `SELECT name AS key, dimension, alias_of AS "aliasOf", coalesce(implies, []) AS implies,
         deleted_after AS "deletedAfter" FROM tags`,
    ),
    mappings: await keyed(
      `SELECT concat(provider, ' ', external_tag) AS key, action, tag, dimension, factor FROM tag_mappings`,
    ),
    dimensions: await keyed('SELECT name AS key, single_answer AS single, in_use AS "inUse" FROM dimensions'),
    policies: await keyed(
      `SELECT concat(origin, ' ', provider, ' ', dimension) AS key, threshold, auto_approve AS "autoApprove",
         hold_unmapped AS "holdUnmapped", max_tags AS "maxTags" FROM policies`,
    ),
    models: new Map(
      (
        await session.rows<{ name: string; threshold: number }>(
          `SELECT name, (thresholds ->> 'tag')::DOUBLE AS threshold FROM models WHERE thresholds IS NOT NULL`,
        )
      ).map(({ name, threshold }) => [name, threshold]),
    ),
  };
}

/** What is stored of the samples: rows by sample, and the list that goes with each. */
export async function derivedRows(
  session: Session,
): Promise<{ rows: Map<number, DerivedRow[]>; lists: Map<number, readonly string[]> }> {
  const samples = await session.rows<{ id: number; tags: string[] }>('SELECT id, tags FROM samples ORDER BY id');
  const derived = await session.rows<DerivedRow & { sampleId: number }>(
    `SELECT sample_id AS "sampleId", tag, dimension, source, confidence, decision_id AS "decisionId",
       implied_by AS "impliedBy", false AS pending FROM sample_tags
     UNION ALL SELECT sample_id, tag, dimension, source, confidence, NULL, NULL, true FROM pending_suggestions
     ORDER BY tag`,
  );
  return {
    rows: new Map(
      samples.map(({ id }) => [
        id,
        derived.filter(({ sampleId }) => sampleId === id).map(({ sampleId: _, ...row }): DerivedRow => row),
      ]),
    ),
    lists: new Map(samples.map(({ id, tags }) => [id, tags])),
  };
}
