import type { Transform } from '../../protocol/workerApi';
import { groupDuplicates, type AlikePair } from '../duplicates/groupDuplicates';
import { splitSql } from '../duplicates/splits';
import { deriveTags } from './derive';
import type { Session } from './session';

/** Provider name of what the duplicate search says. */
export const DUPLICATES_MODEL = 'duplicates';

/** Said of a sample that has a duplicate in another split of the dataset. */
export const SPLIT_LEAK = 'split-leak';

/** Pairs that one way of telling likeness has found, as parallel arrays. */
export interface AlikePairs {
  /** As in `Likeness`. What was found by it before is replaced. */
  readonly foundBy: string;
  /** The likeness, in percent, from which on pairs count. */
  readonly least: number;
  readonly idsA: Int32Array;
  readonly idsB: Int32Array;
  /** In percent. */
  readonly likeness: Float64Array;
  /** How the first has to be mirrored or turned to look like the second; not there where all are as they are. */
  readonly transforms?: readonly (Transform | null)[];
  /** The transforms that were looked for, if any: pairs by others that are known from before stay known. */
  readonly searched?: readonly Transform[];
}

/** Samples in groups that span splits, and those of a pair that does, where its images ended in two groups. */
const LEAKING = `
  SELECT sample_id, score FROM (
    SELECT m.sample_id, m.score, ${splitSql('s.path')} AS split,
      count(DISTINCT ${splitSql('s.path')}) OVER (PARTITION BY m.group_id) AS splits
    FROM duplicate_members m JOIN samples s ON s.id = m.sample_id WHERE NOT s.missing
  ) WHERE splits > 1 AND split IS NOT NULL
  UNION ALL
  SELECT unnest([sample_a, sample_b]), score
  FROM near_duplicates JOIN samples a ON a.id = sample_a JOIN samples b ON b.id = sample_b
  WHERE NOT a.missing AND NOT b.missing AND ${splitSql('a.path')} <> ${splitSql('b.path')}`;

/**
 * Replaces what is known of duplicates by these ways of telling, and groups all. Exact ones follow from the content hashes;
 * a pair of those is not near as well. Pairs that are mirrored or turned in a way that was not looked for this time stay
 * known: as long as both files are as they were, they are as true as before.
 */
export async function saveDuplicates(session: Session, runId: number, found: readonly AlikePairs[]): Promise<void> {
  for (const pairs of found) await replacePairs(session, pairs);
  await saveGroups(session);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE found_duplicates AS
     SELECT id AS sample_id, 'exact-duplicate' AS tag, 100.0::DOUBLE AS score
     FROM (SELECT id, count(*) OVER (PARTITION BY content_hash, size) AS copies
           FROM samples WHERE NOT missing AND content_hash IS NOT NULL)
     WHERE copies > 1
     UNION ALL
     SELECT sample_id, 'near-duplicate', round(max(score), 1)
     FROM (
       SELECT unnest([sample_a, sample_b]) AS sample_id, score
       FROM near_duplicates JOIN samples a ON a.id = sample_a JOIN samples b ON b.id = sample_b
       WHERE NOT a.missing AND NOT b.missing AND a.content_hash IS DISTINCT FROM b.content_hash
     ) GROUP BY sample_id
     UNION ALL
     SELECT sample_id, '${SPLIT_LEAK}', round(max(score), 1) FROM (${LEAKING}) GROUP BY sample_id`,
  );
  const touched = await session.integers(
    `SELECT DISTINCT sample_id FROM
       (SELECT sample_id FROM predictions WHERE model = $1 UNION ALL SELECT sample_id FROM found_duplicates)`,
    [DUPLICATES_MODEL],
  );
  await session.run('DELETE FROM predictions WHERE model = $1', [DUPLICATES_MODEL]);
  await session.run(
    `INSERT INTO predictions SELECT sample_id, $1, 'duplicate', tag, score, $2::INTEGER FROM found_duplicates`,
    [DUPLICATES_MODEL, runId],
  );
  await deriveTags(session, touched);
}

async function replacePairs(session: Session, pairs: AlikePairs): Promise<void> {
  const { foundBy, least, idsA, idsB, likeness, transforms, searched = [] } = pairs;
  const replaced = ['transform IS NULL', ...searched.map((transform) => `transform = '${transform}'`)];
  await session.run(`DELETE FROM near_duplicates WHERE found_by = $1 AND (${replaced.join(' OR ')})`, [foundBy]);
  await session.stage('found_pairs', {
    sample_a: { type: 'INTEGER', values: idsA },
    sample_b: { type: 'INTEGER', values: idsB },
    likeness: { type: 'DOUBLE', values: likeness },
    transform: { type: 'VARCHAR', values: transforms ?? Array.from(likeness, () => null) },
  });
  // Each pair of images is known once by each way of telling: by what was found now.
  await session.run(
    `DELETE FROM near_duplicates USING found_pairs f
     WHERE near_duplicates.found_by = $1
       AND least(near_duplicates.sample_a, near_duplicates.sample_b) = least(f.sample_a, f.sample_b)
       AND greatest(near_duplicates.sample_a, near_duplicates.sample_b) = greatest(f.sample_a, f.sample_b)`,
    [foundBy],
  );
  await session.run(
    `INSERT INTO near_duplicates
     SELECT sample_a, sample_b, $1, likeness, least(100, greatest(0, 50 + 50 * (likeness - $2::DOUBLE) / (100 - $2::DOUBLE))),
       transform
     FROM found_pairs`,
    [foundBy, least],
  );
}

async function saveGroups(session: Session): Promise<void> {
  const copies = await session.rows<{ ids: number[] }>(
    `SELECT list(id ORDER BY id) AS ids FROM samples WHERE NOT missing AND content_hash IS NOT NULL
     GROUP BY content_hash, size HAVING count(*) > 1 ORDER BY min(id)`,
  );
  const pairs = await session.rows<AlikePair>(
    `SELECT sample_a AS a, sample_b AS b, found_by AS "foundBy", likeness, score, transform
     FROM near_duplicates JOIN samples s ON s.id = sample_a JOIN samples t ON t.id = sample_b
     WHERE NOT s.missing AND NOT t.missing ORDER BY sample_a, sample_b, score DESC, found_by`,
  );
  const groups = groupDuplicates(
    copies.map(({ ids }) => ids),
    pairs,
  );
  const members = groups.flatMap((group, index) => group.map((member) => ({ ...member, group: index + 1 })));
  await session.run('DELETE FROM duplicate_members');
  await session.append('duplicate_members', [
    { type: 'INTEGER', values: members.map(({ group }) => group) },
    { type: 'INTEGER', values: members.map(({ id }) => id) },
    { type: 'VARCHAR', values: members.map(({ foundBy }) => foundBy) },
    { type: 'DOUBLE', values: members.map(({ likeness }) => likeness) },
    { type: 'DOUBLE', values: members.map(({ score }) => score) },
    { type: 'VARCHAR', values: members.map(({ transform }) => transform) },
  ]);
}

/** Ids of the other samples, not missing, with the same bytes, and of those that look alike, the most alike first. */
export async function duplicatesOf(session: Session, id: number): Promise<{ exact: number[]; near: number[] }> {
  const exact = await session.integers(
    `SELECT other.id FROM samples me JOIN samples other USING (content_hash, size)
     WHERE me.id = $1::INTEGER AND other.id <> me.id AND NOT other.missing ORDER BY other.path, other.id`,
    [id],
  );
  const near = await session.integers(
    `SELECT other FROM (
       SELECT sample_b AS other, score FROM near_duplicates WHERE sample_a = $1::INTEGER
       UNION ALL SELECT sample_a, score FROM near_duplicates WHERE sample_b = $1::INTEGER
     ) SEMI JOIN (SELECT id FROM samples WHERE NOT missing) present ON present.id = other
     GROUP BY other ORDER BY max(score) DESC, other`,
    [id],
  );
  const copies = new Set(exact);
  return { exact: [...exact], near: [...near].filter((other) => !copies.has(other)) };
}
