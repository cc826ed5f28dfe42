import type { PolicyRule } from '../../protocol/policyApi';
import { UserError } from '../../protocol/userError';
import { DEFAULT_MAX_TAGS, type InheritedPolicy } from '../policy';
import { deriveWhatChanges } from './deriveWhatChanges';
import type { Session } from './session';

/** One rule of a dataset; '' stands for any. */
export type DatasetRule = PolicyRule;

/** Who set a rule: people for this dataset, which comes first, or the editor's settings. */
export type RuleOrigin = 'dataset' | 'settings';

/** Whether the settings say something else than what is in force. */
export async function inheritedPolicyDiffers(session: Session, policy: InheritedPolicy): Promise<boolean> {
  await stageInherited(session, policy);
  return rulesDiffer(session, 'settings', 'wanted_rules');
}

/** Puts in force what the settings say, and derives every tag anew. */
export async function setInheritedPolicy(session: Session, policy: InheritedPolicy): Promise<void> {
  await stageInherited(session, policy);
  await replaceRules(session, 'settings', 'wanted_rules');
}

/** Whether these rules differ from those of the dataset. */
export async function datasetPolicyDiffers(
  session: Session,
  rules: readonly DatasetRule[],
  maxTags: number | null,
): Promise<boolean> {
  await stageDatasetRules(session, rules, maxTags);
  return rulesDiffer(session, 'dataset', 'wanted_rules');
}

/** Makes these the rules of the dataset, and derives every tag anew. @throws UserError `policy` */
export async function setDatasetPolicy(
  session: Session,
  rules: readonly DatasetRule[],
  maxTags: number | null,
): Promise<void> {
  await stageDatasetRules(session, rules, maxTags);
  await replaceRules(session, 'dataset', 'wanted_rules');
}

/** Makes the rows of a temporary table the rules of one origin and derives every tag anew. */
async function replaceRules(session: Session, origin: RuleOrigin, wanted: string): Promise<void> {
  await deriveWhatChanges(session, async () => {
    await session.run('DELETE FROM policies WHERE origin = $1', [origin]);
    await session.run(`INSERT INTO policies FROM ${wanted}`);
  });
}

/** Whether the rows of a temporary table differ from the rules of one origin. */
async function rulesDiffer(session: Session, origin: RuleOrigin, wanted: string): Promise<boolean> {
  const { differs } = await session.row<{ differs: boolean }>(
    `SELECT EXISTS (FROM ${wanted} EXCEPT FROM policies)
       OR EXISTS ((FROM policies WHERE origin = $1) EXCEPT FROM ${wanted}) AS differs`,
    [origin],
  );
  return differs;
}

async function stageDatasetRules(
  session: Session,
  rules: readonly DatasetRule[],
  maxTags: number | null,
): Promise<void> {
  if (maxTags !== null && !(Number.isInteger(maxTags) && maxTags >= 1 && maxTags <= 100)) {
    throw new UserError('policy', `An image can have 1 to 100 tags from models, not ${maxTags}.`);
  }
  const bad = rules.find(({ threshold }) => threshold !== null && !(threshold >= 0 && threshold <= 100));
  if (bad) throw new UserError('policy', `A threshold is a number from 0 to 100, not ${bad.threshold}.`);
  const byPlace = new Map(rules.map((rule) => [JSON.stringify([rule.provider, rule.dimension]), rule]));
  const said = [...byPlace.values()].filter(
    ({ threshold, autoApprove, holdUnmapped }) => threshold !== null || autoApprove !== null || holdUnmapped !== null,
  );
  const flag = (value: boolean | null) => (value === null ? null : Number(value));
  await session.stage('wanted', {
    provider: { type: 'VARCHAR', values: said.map(({ provider }) => provider) },
    dimension: { type: 'VARCHAR', values: said.map(({ dimension }) => dimension) },
    threshold: { type: 'DOUBLE', values: said.map(({ threshold }) => threshold) },
    auto_approve: { type: 'INTEGER', values: said.map(({ autoApprove }) => flag(autoApprove)) },
    hold_unmapped: { type: 'INTEGER', values: said.map(({ holdUnmapped }) => flag(holdUnmapped)) },
  });
  await session.run(
    `CREATE OR REPLACE TEMP TABLE wanted_rules AS
     SELECT 'dataset' AS origin, provider, dimension, max(threshold) AS threshold,
       max(auto_approve)::BOOLEAN AS auto_approve, max(hold_unmapped)::BOOLEAN AS hold_unmapped,
       max(max_tags)::INTEGER AS max_tags
     FROM (
       SELECT *, NULL AS max_tags FROM wanted
       UNION ALL SELECT '', '', NULL, NULL, NULL, $1::INTEGER WHERE $1::INTEGER IS NOT NULL
     ) GROUP BY provider, dimension`,
    [maxTags],
  );
}

async function stageInherited(session: Session, policy: InheritedPolicy): Promise<void> {
  requireValid(policy);
  const providers = Object.keys(policy.thresholds);
  await session.stage('wanted', {
    provider: { type: 'VARCHAR', values: providers },
    threshold: { type: 'DOUBLE', values: providers.map((provider) => policy.thresholds[provider]) },
  });
  await session.run(
    `CREATE OR REPLACE TEMP TABLE wanted_rules AS
     SELECT 'settings' AS origin, provider, '' AS dimension, threshold, NULL::BOOLEAN AS auto_approve,
       NULL::BOOLEAN AS hold_unmapped, NULL::INTEGER AS max_tags
     FROM wanted
     UNION ALL SELECT 'settings', '', '', NULL, NULL, NULL, $1::INTEGER WHERE $1::INTEGER <> ${DEFAULT_MAX_TAGS}`,
    [policy.maxTags],
  );
}

function requireValid({ thresholds, maxTags }: InheritedPolicy): void {
  if (!Number.isInteger(maxTags) || maxTags < 1) throw new RangeError(`maxTags must be 1 or more, not ${maxTags}`);
  for (const [provider, threshold] of Object.entries(thresholds)) {
    if (!(threshold >= 0 && threshold <= 100)) {
      throw new RangeError(`the threshold of ${provider} must be 0 to 100, not ${threshold}`);
    }
  }
}
