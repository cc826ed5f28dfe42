import { Dataset } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import type { DatasetRule, StoredPolicy } from '../core/policyDesk';
import type { CommandResult } from './commandResult';
import type { PolicyCommandLine, PolicySetting } from './policyCommandLine';
import { printable } from './printable';
import { userDataFolder } from './userDataFolder';
import { count } from './words';

/** Shows how predictions become tags, after changing it where that is asked for. @throws UserError */
export async function policyCommand(line: PolicyCommandLine): Promise<CommandResult> {
  const { thresholds, autoApprove, maxTags } = line;
  const changes = thresholds.length > 0 || autoApprove.length > 0 || maxTags !== undefined;
  const location = await locateDataset(line.folder, { fallbackFolder: userDataFolder(), database: line.database });
  const dataset = await Dataset.open(location, { access: changes ? 'write' : 'read' });
  try {
    if (changes) {
      const before = await dataset.policy.read();
      const rules = changed(before.rules, thresholds, autoApprove);
      await dataset.policy.set(rules, maxTags === undefined ? before.maxTags : maxTags);
    }
    const policy = await dataset.policy.read();
    const place = { dataset: location.folder, database: location.database };
    return { json: { command: 'policy', ...place, ...policy }, text: policyText(policy), cancelled: false };
  } finally {
    await dataset.close();
  }
}

function changed(
  rules: readonly DatasetRule[],
  thresholds: readonly PolicySetting<number>[],
  autoApprove: readonly PolicySetting<boolean>[],
): DatasetRule[] {
  const place = ({ provider, dimension }: { provider: string; dimension: string }) =>
    JSON.stringify([provider, dimension]);
  const known = new Map(rules.map((rule) => [place(rule), rule]));
  const set = (at: { provider: string; dimension: string }, values: Partial<DatasetRule>) => {
    const { provider, dimension } = at;
    const none = { provider, dimension, threshold: null, autoApprove: null, holdUnmapped: null };
    known.set(place(at), { ...none, ...known.get(place(at)), ...values });
  };
  for (const setting of thresholds) set(setting, { threshold: setting.value });
  for (const setting of autoApprove) set(setting, { autoApprove: setting.value });
  return [...known.values()];
}

function policyText({ rules, maxTags, inherited, providers }: StoredPolicy): string {
  const most = maxTags ?? inherited.maxTags;
  const lines = [
    `At most ${count(most)} tags an image from models${maxTags === null ? '' : ' (set for this dataset)'}.`,
  ];
  if (providers.length > 0) lines.push('', 'Thresholds without a rule of this dataset:');
  for (const { name, threshold, predictions, dimensions } of providers) {
    const others = dimensions.filter((dimension) => dimension.threshold !== threshold);
    const apart = others.map((dimension) => `, ${printable(dimension.name)} ${dimension.threshold}`).join('');
    lines.push(`  ${printable(name)}: ${threshold}${apart} (${count(predictions)} predictions)`);
  }
  if (rules.length > 0) lines.push('', 'Rules of this dataset, the most specific one holds:');
  for (const rule of rules) lines.push(`  ${ruleText(rule)}`);
  return `${lines.join('\n')}\n`;
}

function ruleText({ provider, dimension, threshold, autoApprove, holdUnmapped }: DatasetRule): string {
  const says = [
    ...(threshold === null ? [] : [`threshold ${threshold}`]),
    ...(autoApprove === null ? [] : [autoApprove ? 'approved by itself' : 'waits for a person']),
    ...(holdUnmapped === null ? [] : [holdUnmapped ? 'names that are not mapped wait' : 'all names count']),
  ];
  const who = provider === '' ? 'any provider' : printable(provider);
  return `${who}${dimension === '' ? '' : `, ${printable(dimension)}`}: ${says.join(', ')}`;
}
