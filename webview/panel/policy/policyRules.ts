import type { PolicyRule } from '../../../src/protocol/policyApi';
import type { Client } from '../../../src/protocol/rpc';
import type { HostApi } from '../../../src/protocol/viewApi';

/** The policy as the host tells it. */
export type PolicyView = Awaited<ReturnType<Client<HostApi>['policy']>>;

/** What a person sets. */
export type PolicySettings = Pick<PolicyView, 'rules' | 'maxTags'>;

type RuleChange = Partial<Pick<PolicyRule, 'threshold' | 'autoApprove' | 'holdUnmapped'>>;

/** The rule set for exactly this provider and dimension ('': any), or one that says nothing. */
export function ruleOf(rules: readonly PolicyRule[], provider: string, dimension: string): PolicyRule {
  return (
    rules.find((rule) => rule.provider === provider && rule.dimension === dimension) ?? {
      provider,
      dimension,
      threshold: null,
      autoApprove: null,
      holdUnmapped: null,
    }
  );
}

/** The rules with one changed; a rule that says nothing any more is left out. */
export function changeRule(
  rules: readonly PolicyRule[],
  provider: string,
  dimension: string,
  change: RuleChange,
): PolicyRule[] {
  const changed = { ...ruleOf(rules, provider, dimension), ...change };
  const others = rules.filter((rule) => rule.provider !== provider || rule.dimension !== dimension);
  const saysSomething = changed.threshold !== null || changed.autoApprove !== null || changed.holdUnmapped !== null;
  return saysSomething ? [...others, changed] : others;
}

/** The threshold that would hold without a rule for exactly this provider and dimension. */
export function inheritedThreshold(policy: PolicyView, provider: string, dimension: string): number {
  const set = firstSet(policy.rules, wider(provider, dimension), ({ threshold }) => threshold);
  const own = policy.providers.find(({ name }) => name === provider);
  return set ?? own?.dimensions.find(({ name }) => name === dimension)?.threshold ?? own?.threshold ?? 50;
}

export function thresholdOf(policy: PolicyView, provider: string, dimension: string): number {
  return ruleOf(policy.rules, provider, dimension).threshold ?? inheritedThreshold(policy, provider, dimension);
}

/** Whether suggestions would become tags by themselves without a rule for exactly this provider and dimension. */
export function inheritedApproval(policy: PolicyView, provider: string, dimension: string): boolean {
  const set = firstSet(policy.rules, wider(provider, dimension), ({ autoApprove }) => autoApprove);
  return set ?? policy.inherited.autoApprove;
}

/** Dimensions of a provider that have a threshold of their own, which the provider's does not reach. */
export function ownThresholds(policy: PolicyView, provider: string): string[] {
  const own = policy.rules.filter((rule) => rule.provider === provider && rule.dimension !== '');
  return own.filter(({ threshold }) => threshold !== null).map(({ dimension }) => dimension);
}

/** Where to look next, the most specific first. */
function wider(provider: string, dimension: string): [string, string][] {
  const places: [string, string][] = [
    [provider, ''],
    ['', dimension],
    ['', ''],
  ];
  return places.filter(([p, d]) => p !== provider || d !== dimension);
}

function firstSet<T>(
  rules: readonly PolicyRule[],
  places: readonly [string, string][],
  value: (rule: PolicyRule) => T | null,
): T | undefined {
  for (const [provider, dimension] of places) {
    const found = value(ruleOf(rules, provider, dimension));
    if (found !== null) return found;
  }
  return undefined;
}
