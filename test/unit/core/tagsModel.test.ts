import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../../../src/protocol/userError';
import { perform, steps, type Step } from './model/tagSteps';
import { GivenTags } from './model/givenTags';
import { TagWorld } from './model/tagWorld';

/** More of them find rarer mistakes; `DATAVISOR_PROPERTY_RUNS` sets how many. */
const RUNS = Number(process.env['DATAVISOR_PROPERTY_RUNS'] ?? 12);
const STEPS = 14;

/** Whether the step was done: not refused with a reason, and not without effect. */
async function attempt(world: TagWorld, step: Step): Promise<boolean> {
  try {
    return await perform(world, step);
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

describe('tags', function () {
  this.timeout(30_000 + RUNS * 10_000);

  it('are what predictions, rules and decisions say, whatever happens, and as if all were derived anew', async () => {
    await fc.assert(
      fc.asyncProperty(steps(STEPS), async (sequence) => {
        const world = await TagWorld.create();
        try {
          for (const step of sequence) {
            await attempt(world, step);
            await world.requireDerived();
          }
        } finally {
          await world.remove();
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('that a person gave are never lost, and none that one removed ever comes back by itself', async () => {
    // Aliases and tags that come along have rules of their own, which the other test knows.
    await fc.assert(
      fc.asyncProperty(steps(STEPS, ['alias', 'import']), async (sequence) => {
        const world = await TagWorld.create();
        const people = new GivenTags(world.ids);
        try {
          for (const step of sequence) {
            const before = await world.tagsAndSuggestions();
            if (await attempt(world, step)) people.follow(step, (id, tag) => before.get(id)!.includes(tag));
            for (const id of world.ids) {
              const { all, given } = await world.tagsOf(id);
              assert.deepEqual(
                given,
                people.given(id),
                `what a person gave sample ${id}, after ${JSON.stringify(step)}`,
              );
              const back = people.removed(id).filter((tag) => all.includes(tag));
              assert.deepEqual(back, [], `what came back to sample ${id}, after ${JSON.stringify(step)}`);
            }
          }
        } finally {
          await world.remove();
        }
      }),
      { numRuns: RUNS },
    );
  });
});
