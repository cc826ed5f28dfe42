import type { Session } from './session';

/** SQL of how unlike all others a sample is, 0 to 100, NULL where that is not known: for sorting `samples s`. */
export const UNIQUENESS_SQL = `(SELECT max(u.score) FROM uniqueness u WHERE u.sample_id = s.id AND u.model = 'visual-look')`;

/**
 * Replaces what is known of how unlike all others samples are, by a model's vectors. `distances[i]` is the mean cosine
 * distance of `ids[i]` to its nearest neighbors. Stored with it: its rank as `score`, from 0 for the least unique to 100,
 * equal ones sharing a rank; and as `spread` how far it lies beyond the upper quartile, in interquartile ranges, which is
 * how box plots tell outliers (J. W. Tukey, "Exploratory Data Analysis", 1977); 0 for all where most are equal.
 */
export async function saveUniqueness(
  session: Session,
  model: string,
  ids: Int32Array,
  distances: Float32Array,
): Promise<void> {
  await session.run('DELETE FROM uniqueness WHERE model = $1', [model]);
  await session.stage('measured', {
    id: { type: 'INTEGER', values: ids },
    distance: { type: 'DOUBLE', values: distances },
  });
  await session.run(
    `INSERT INTO uniqueness
     SELECT id, $1, distance, round(100 * percent_rank() OVER (ORDER BY distance), 2),
       CASE WHEN q.upper > q.lower THEN (distance - q.upper) / (q.upper - q.lower) ELSE 0 END
     FROM measured, (SELECT quantile_cont(distance, .25) AS lower, quantile_cont(distance, .75) AS upper FROM measured) q`,
    [model],
  );
}
