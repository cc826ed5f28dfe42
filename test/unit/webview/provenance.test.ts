import assert from 'node:assert/strict';
import type { SampleDetail } from '../../../src/protocol/viewApi';
import { disagreements } from '../../../webview/panel/detail/disagreements';
import { describeDecision, describeOrigin, keptAway, saidBy } from '../../../webview/panel/detail/provenance';

const models = [
  { name: 'builtin', title: 'Built-in tagger', caption: null },
  { name: 'clip', title: 'CLIP', caption: null },
];
const noon = '2026-11-21T12:00:00.000Z'; // the same day wherever the tests run
const tag = {
  ...{ tag: 'dark', dimension: 'lighting', source: 'clip', confidence: 87.4 },
  ...{ runId: 3, since: noon, impliedBy: null },
};

describe('provenance of a tag', () => {
  it('says who, in which run and when', () => {
    assert.equal(saidBy(tag, models), 'CLIP · run 3 · Nov 21, 2026');
    assert.equal(saidBy({ source: 'person', runId: null, since: null }, models), 'You');
  });

  it('says in a sentence how sure it was and what it follows from', () => {
    assert.match(describeOrigin(tag, models), /^CLIP said “dark” in run 3 on Nov 21, 2026.*, 87 of 100 sure\.$/);
    const implied = { ...tag, source: 'person', runId: null, impliedBy: 'night' };
    assert.match(
      describeOrigin(implied, models),
      /^“night” brings “dark” along\. You said “night” on Nov 21, 2026[^,]*,/,
    );
    assert.doesNotMatch(describeOrigin(implied, models), /sure/);
  });

  it('tells what a person keeps away', () => {
    const decisions = (['added', 'rejected', 'approved', 'removed'] as const).map((action) => ({
      ...{ tag: action, dimension: 'other', action, madeAt: noon },
    }));
    assert.deepEqual(keptAway(decisions).map(describeDecision), [
      'You rejected “rejected” on Nov 21, 2026',
      'You removed “removed” on Nov 21, 2026',
    ]);
  });
});

describe('disagreements about an image', () => {
  const detail = (change: Partial<SampleDetail>) => ({
    ...{ models, tagDetails: [], decisions: [], predictions: [] },
    dimensions: [
      { name: 'lighting', title: 'Lighting', multiple: false },
      { name: 'color', title: 'Colours', multiple: true },
    ],
    ...change,
  });
  const said = (model: string, name: string, score: number, dimension = 'lighting') => ({
    ...{ model, dimension, tag: name, score, threshold: 50 },
  });

  it('are none where all say the same', () => {
    const predictions = [said('builtin', 'dark', 90), said('builtin', 'dim', 10), said('clip', 'dark', 70)];
    assert.deepEqual(disagreements(detail({ predictions })), []);
  });

  it('are different answers of models, or of a person and a model', () => {
    const predictions = [said('builtin', 'dark', 90), said('clip', 'dim', 70)];
    assert.deepEqual(disagreements(detail({ predictions })), [
      'Lighting: Built-in says dark (90), CLIP says dim (70).',
    ]);
    const unsure = [said('builtin', 'dark', 90), { ...said('clip', 'dim', 70), threshold: 80 }];
    assert.deepEqual(disagreements(detail({ predictions: unsure })), []);
    const silent = [said('builtin', 'dark', 90), said('clip', 'none of these', 80)];
    assert.deepEqual(disagreements(detail({ predictions: silent })), []);
    const mine = { ...tag, tag: 'bright', source: 'person', runId: null };
    assert.deepEqual(disagreements(detail({ predictions: [said('clip', 'dim', 70)], tagDetails: [mine] })), [
      'Lighting: you say bright, CLIP says dim (70).',
    ]);
  });

  it('are tags that a person keeps away although a model has them for sure', () => {
    const away = (name: string) => [{ tag: name, dimension: 'x', action: 'rejected' as const, madeAt: noon }];
    const blue = said('builtin', 'blue', 80, 'color');
    assert.deepEqual(disagreements(detail({ predictions: [blue], decisions: away('blue') })), [
      'You keep “blue” away, Built-in says it with 80.',
    ]);
    const unsure = [said('builtin', 'blue', 20, 'color')];
    assert.deepEqual(disagreements(detail({ predictions: unsure, decisions: away('blue') })), []);
    const strict = [{ ...blue, threshold: 90 }];
    assert.deepEqual(disagreements(detail({ predictions: strict, decisions: away('blue') })), []);
    const second = [said('clip', 'dark', 55), said('clip', 'dim', 60)]; // its answer is another one
    assert.deepEqual(disagreements(detail({ predictions: second, decisions: away('dark') })), []);
  });
});
