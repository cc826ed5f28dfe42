import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NO_ANSWER } from '../../../src/protocol/vocabulary';
import { perform, type Step } from './model/tagSteps';
import { TagWorld } from './model/tagWorld';

/** More of them find rarer mistakes; `DATAVISOR_PROPERTY_RUNS` sets how many. */
const RUNS = Number(process.env['DATAVISOR_PROPERTY_RUNS'] ?? 12);

/** What one model says and no other, so that thresholds of one do not touch the answers of another. */
const SAYINGS = {
  m1: ['lighting:dark', 'lighting:bright', `lighting:${NO_ANSWER}`, 'object:cat', 'object:dog'],
  m2: ['weather:sunny', 'weather:night', 'attribute:small', 'attribute:tiny', 'attribute:old'],
} as const;
const TAGS = ['dark', 'bright', 'cat', 'sunny', 'small', 'mine'];

const score = fc.integer({ min: 0, max: 20 }).map((n) => n * 5);
const saidBy = (model: keyof typeof SAYINGS) =>
  fc.array(fc.array(score, { minLength: 5, maxLength: 5 }), { minLength: 3, maxLength: 3 }).map((samples) => ({
    ...{ kind: 'analyze' as const, model },
    said: samples.map((scores) => SAYINGS[model].map((text, index) => `${text}:${scores[index]}`)),
  }));
const threshold: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('rules'),
  rules: fc.array(
    fc.record({
      provider: fc.constantFrom('', 'm1', 'm2'),
      dimension: fc.constantFrom('', '', 'lighting', 'attribute'),
      threshold: fc.option(score, { nil: null }),
      autoApprove: fc.constant(null),
      holdUnmapped: fc.constant(null),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  maxTags: fc.constant(null),
});
const decision: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('decide'),
  on: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  tag: fc.constantFrom(...TAGS),
  action: fc.constantFrom('added', 'approved', 'rejected', 'removed'),
});
/** Two names of one model become one tag, so that the better of the two counts. */
const mapping: fc.Arbitrary<Step> = fc.record({
  ...{ kind: fc.constant('map'), provider: fc.constant(''), external: fc.constant('tiny'), tag: fc.constant('small') },
  action: fc.constantFrom('map', 'none'),
  dimension: fc.constant(null),
  factor: fc.constantFrom(0.5, 0.9, 1),
});
const MOST_TAGS: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('settings'),
  threshold: fc.constant(null),
  maxTags: fc.constantFrom(2, 4, 10),
});
const sequence = fc.tuple(
  saidBy('m1'),
  saidBy('m2'),
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: threshold },
      { weight: 3, arbitrary: decision },
      { weight: 1, arbitrary: mapping },
      { weight: 1, arbitrary: MOST_TAGS },
      { weight: 1, arbitrary: fc.oneof(saidBy('m1'), saidBy('m2')) },
    ),
    { minLength: 4, maxLength: 14 },
  ),
);

describe('another threshold', function () {
  this.timeout(30_000 + RUNS * 10_000);

  it('gives and takes what lies between it and the one before, one change after the other', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async ([first, second, more]) => {
        const world = await TagWorld.create();
        try {
          for (const step of [first, second, ...more]) {
            await perform(world, step);
            await world.requireReferenceTags();
          }
          await world.requireDerived();
        } finally {
          await world.remove();
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('leaves the rows of all other tags where they are', async () => {
    const world = await TagWorld.create();
    try {
      const said = world.ids.map((_, index) => ['lighting:dark:70', `object:cat:${50 + 10 * index}`]);
      await perform(world, { kind: 'analyze', model: 'm1', said });
      const before = await world.tableOfTags();
      for (const threshold of [65, 55, 80]) {
        const rule = { provider: 'm1', dimension: '', threshold, autoApprove: null, holdUnmapped: null };
        await perform(world, { kind: 'rules', rules: [rule], maxTags: null });
        await world.requireReferenceTags();
      }
      assert.deepEqual(await world.tableOfTags(), before);
    } finally {
      await world.remove();
    }
  });
});
