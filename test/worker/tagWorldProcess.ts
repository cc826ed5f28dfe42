import fc from 'fast-check';
import { UserError } from '../../src/protocol/userError';
import { perform, steps } from '../unit/core/model/tagSteps';
import { TagWorld } from '../unit/core/model/tagWorld';

/** Has random things happen to the tags of a dataset, and says after each that it is done, until it is killed. */
async function main([folder, seed]: string[]): Promise<void> {
  const world = await TagWorld.open(folder);
  const sequences = fc.sample(steps(30), { seed: Number(seed), numRuns: 50 });
  for (const step of sequences.flat()) {
    await perform(world, step).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
    });
    process.send?.('done');
  }
  world.close();
}

void main(process.argv.slice(2));
