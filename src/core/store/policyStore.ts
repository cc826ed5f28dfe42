import type { Policy } from '../policy';
import { deriveTags } from './derive';
import type { Session } from './session';

/** Stores a policy; returns whether it differs from the one stored. Thresholds of providers not named stay. */
export async function writePolicy(session: Session, policy: Policy): Promise<boolean> {
  requireValid(policy);
  const providers = Object.keys(policy.thresholds);
  await session.stage('wanted', {
    provider: { type: 'VARCHAR', values: providers },
    threshold: { type: 'DOUBLE', values: providers.map((provider) => policy.thresholds[provider]) },
  });
  const { differs } = await session.row<{ differs: boolean }>(
    `SELECT (SELECT max_tags FROM datasets) IS DISTINCT FROM $1::INTEGER
       OR EXISTS (FROM wanted ANTI JOIN thresholds USING (provider, threshold)) AS differs`,
    [policy.maxTags],
  );
  if (!differs) return false;
  await session.run('UPDATE datasets SET max_tags = $1::INTEGER', [policy.maxTags]);
  await session.run('INSERT OR REPLACE INTO thresholds SELECT * FROM wanted');
  return true;
}

/** Puts a policy in force: every tag is derived anew when it differs from the present one. */
export async function setPolicy(session: Session, policy: Policy): Promise<boolean> {
  const differs = await writePolicy(session, policy);
  if (differs) await deriveTags(session, null);
  return differs;
}

function requireValid({ thresholds, maxTags }: Policy): void {
  if (!Number.isInteger(maxTags) || maxTags < 1) throw new RangeError(`maxTags must be 1 or more, not ${maxTags}`);
  for (const [provider, threshold] of Object.entries(thresholds)) {
    if (!(threshold >= 0 && threshold <= 100)) {
      throw new RangeError(`the threshold of ${provider} must be 0 to 100, not ${threshold}`);
    }
  }
}
