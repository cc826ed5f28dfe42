import assert from 'node:assert/strict';
import type { PolicyRule } from '../../../src/protocol/policyApi';
import {
  changeRule,
  inheritedApproval,
  inheritedThreshold,
  ownThresholds,
  ruleOf,
  thresholdOf,
  type PolicySettings,
  type PolicyView,
} from '../../../webview/panel/policy/policyRules';
import { PolicySaving } from '../../../webview/panel/policy/policySaving';
import { acceptedAt, acceptedWords, without, type ScoreCounts } from '../../../webview/panel/policy/scoreCounts';
import { ScoreSource } from '../../../webview/panel/policy/scoreSource';
import { stackedBars } from '../../../webview/panel/policy/stackedBars';
import { Deferred, settled } from './deferred';

const rule = (provider: string, dimension: string, change: Partial<PolicyRule>): PolicyRule => ({
  provider,
  dimension,
  threshold: null,
  autoApprove: null,
  holdUnmapped: null,
  ...change,
});

function policy(...rules: PolicyRule[]): PolicyView {
  const lighting = { name: 'lighting', title: 'Lighting', predictions: 10, threshold: 60 };
  const character = { name: 'character', title: 'Character', predictions: 10, threshold: 85 };
  return {
    revision: 1,
    rules,
    maxTags: null,
    inherited: { maxTags: 10, autoApprove: true },
    providers: [{ name: 'clip', title: 'CLIP', predictions: 10, threshold: 60, dimensions: [lighting, character] }],
  };
}

describe('the rules of the policy', () => {
  it('take the most specific one that says something, and what is inherited at last', () => {
    const view = policy(
      rule('', '', { threshold: 10, autoApprove: false }),
      rule('', 'lighting', { threshold: 20 }),
      rule('clip', '', { threshold: 30 }),
      rule('clip', 'lighting', { autoApprove: true }),
    );
    assert.equal(thresholdOf(view, 'clip', 'lighting'), 30);
    assert.equal(inheritedThreshold(view, 'clip', 'lighting'), 30);
    assert.equal(inheritedThreshold(view, 'clip', ''), 10);
    assert.equal(inheritedApproval(view, 'clip', 'lighting'), false);
    assert.equal(thresholdOf(policy(rule('', 'lighting', { threshold: 20 })), 'clip', 'lighting'), 20);
    assert.equal(thresholdOf(policy(), 'clip', 'lighting'), 60);
    assert.equal(thresholdOf(policy(), 'clip', 'character'), 85);
    assert.equal(thresholdOf(policy(), 'clip', 'weather'), 60);
    assert.equal(thresholdOf(policy(rule('clip', '', { threshold: 30 })), 'clip', 'character'), 30);
    assert.equal(inheritedApproval(policy(), 'clip', ''), true);
  });

  it('change one at a time, and go when they say nothing any more', () => {
    const { rules } = policy(rule('clip', '', { threshold: 30 }), rule('', '', { autoApprove: false }));
    const both = changeRule(rules, 'clip', '', { holdUnmapped: true });
    assert.deepEqual(ruleOf(both, 'clip', ''), rule('clip', '', { threshold: 30, holdUnmapped: true }));
    assert.equal(both.length, 2);
    assert.deepEqual(changeRule(rules, 'clip', '', { threshold: null }), [rule('', '', { autoApprove: false })]);
  });

  it('name the dimensions that a provider’s threshold does not reach', () => {
    const view = policy(
      rule('clip', 'lighting', { threshold: 5 }),
      rule('clip', 'weather', { autoApprove: false }),
      rule('other', 'setting', { threshold: 5 }),
    );
    assert.deepEqual(ownThresholds(view, 'clip'), ['lighting']);
  });
});

describe('what a threshold accepts', () => {
  const at = (scores: Record<number, number>) => Int32Array.from({ length: 101 }, (_, score) => scores[score] ?? 0);
  const counts: ScoreCounts = {
    given: at({ 10: 4, 50: 3, 51: 2, 100: 1 }),
    approved: at({ 50: 1, 100: 1 }),
    rejected: at({ 10: 1, 51: 1 }),
  };

  it('counts the scores from it on', () => {
    assert.deepEqual(acceptedAt(counts, 50), { accepted: 6, total: 10, approved: 2, rejected: 1 });
    assert.deepEqual(acceptedAt(counts, 50.5), { accepted: 3, total: 10, approved: 1, rejected: 1 });
    assert.equal(acceptedAt(counts, 0).accepted, 10);
    assert.equal(acceptedAt(counts, 100).accepted, 1);
  });

  it('is said in words, with what people thought where they decided', () => {
    const words = (accepted: number, total: number, approved: number, rejected: number) =>
      acceptedWords({ accepted, total, approved, rejected });
    assert.equal(words(4312, 6000, 0, 0), '4,312 of 6,000 answers, 72 %');
    assert.equal(words(1, 1, 0, 0), '1 of 1 answer, 100 %');
    assert.equal(
      words(1, 6000, 3, 1),
      '1 of 6,000 answers, under 1 % · people approved 75 % of the 4 they decided about',
    );
    assert.equal(
      words(5999, 6000, 0, 2),
      '5,999 of 6,000 answers, over 99 % · people approved 0 % of the 2 they decided about',
    );
    assert.equal(words(0, 0, 0, 0), 'No answers yet');
  });

  it('leaves out what other thresholds decide about', () => {
    const rest = without(counts, [{ given: at({ 10: 1, 50: 3 }), approved: at({ 50: 1 }), rejected: at({}) }]);
    assert.deepEqual(acceptedAt(rest, 0), { accepted: 6, total: 6, approved: 1, rejected: 2 });
  });

  it('is drawn as bars that count every score once', () => {
    const drawn = stackedBars({ ...counts, given: at({ 0: 1, 1: 1, 99: 2, 100: 2 }) }, 2).map(({ all }) => all);
    assert.deepEqual([drawn[0], drawn[1], drawn[49]], [0.5, 0, 1]);
  });
});

describe('saving the policy', () => {
  const settings = (maxTags: number): PolicySettings => ({ rules: [], maxTags });

  it('saves one after the other, and of those that wait only the newest', async () => {
    const calls: { settings: PolicySettings; done: Deferred<null> }[] = [];
    const saved: (number | null)[] = [];
    const saving = new PolicySaving(
      (wanted) => {
        const done = new Deferred<null>();
        calls.push({ settings: wanted, done });
        return done.promise;
      },
      ({ maxTags }) => saved.push(maxTags),
      (error) => assert.fail(String(error)),
    );
    for (const most of [1, 2, 3]) saving.set(settings(most));
    assert.equal(saving.wanted?.maxTags, 3);
    calls[0].done.resolve(null);
    await settled();
    assert.deepEqual(saved, []);
    calls[1].done.resolve(null);
    await settled();
    assert.deepEqual(
      calls.map((call) => call.settings.maxTags),
      [1, 3],
    );
    assert.deepEqual(saved, [3]);
    assert.equal(saving.wanted, undefined);
  });

  it('gives up what was built on something that could not be saved', async () => {
    const first = new Deferred<null>();
    const failures: unknown[] = [];
    const saving = new PolicySaving(
      () => first.promise,
      () => assert.fail('nothing was saved'),
      (error) => failures.push(error),
    );
    saving.set(settings(1));
    saving.set(settings(2));
    const failure = new Error('disk full');
    first.reject(failure);
    await settled();
    assert.deepEqual(failures, [failure]);
    assert.equal(saving.wanted, undefined);
  });
});

describe('the scores behind the sliders', () => {
  const counts = (given: number): ScoreCounts & { revision: number } => ({
    revision: 1,
    given: Int32Array.of(given),
    approved: new Int32Array(1),
    rejected: new Int32Array(1),
  });

  it('are asked for once, kept while they are asked for again, and not asked for over and over when that fails', async () => {
    const asked: (string | null)[] = [];
    let answer: () => Promise<ReturnType<typeof counts>> = () => Promise.resolve(counts(1));
    let failed = 0;
    const source = new ScoreSource(
      {
        scores: ({ dimension }) => {
          asked.push(dimension);
          return answer();
        },
      },
      () => source.of('clip', ''), // as rendering does
      () => failed++,
    );
    assert.equal(source.of('clip', ''), undefined);
    source.of('clip', '');
    source.of('clip', 'lighting');
    await settled();
    assert.deepEqual(asked, [null, 'lighting']);
    assert.equal(source.of('clip', '')?.given[0], 1);

    answer = () => Promise.resolve(counts(2));
    source.refresh();
    assert.equal(source.of('clip', '')?.given[0], 1);
    await settled();
    assert.equal(source.of('clip', '')?.given[0], 2);

    answer = () => Promise.reject(new Error('busy'));
    source.clear();
    source.of('clip', '');
    await settled();
    assert.equal(failed, 1);
    assert.equal(asked.length, 5);
  });
});
