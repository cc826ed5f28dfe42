import assert from 'node:assert/strict';
import { VOCABULARY } from '../../../src/protocol/vocabulary';
import type { InheritedPolicy } from '../../../src/core/policy';
import type { Dataset, DecisionAction } from '../../../src/core/dataset';
import { addSamples, analysisOf, analyze, NO_CHANGE, tagsByPath, TemporaryDatasets } from './temporaryDataset';

interface Said {
  model: string;
  dimension: string;
  tag: string;
  score: number;
}
interface Image {
  predictions: Said[];
  decisions: Map<string, DecisionAction>;
}

const single = (dimension: string) => VOCABULARY.some(({ name, multiple }) => name === dimension && !multiple);

/** The reference: what the tags of one image are, from predictions, policy and decisions. */
function expectedTags({ predictions, decisions }: Image, { thresholds, maxTags }: InheritedPolicy): string[] {
  const suggested = predictions.filter(({ model, score }) => score >= (thresholds[model] ?? 50));
  const beaten = (a: Said) =>
    suggested.some(
      (b) =>
        b.model === a.model &&
        b.dimension === a.dimension &&
        (b.score > a.score || (b.score === a.score && b.tag < a.tag)),
    );
  const answered = suggested.filter((said) => !single(said.dimension) || !beaten(said));
  const best = new Map<string, number>();
  for (const { tag, score } of answered) if (!decisions.has(tag)) best.set(tag, Math.max(score, best.get(tag) ?? 0));
  const kept = [...best]
    .sort(([a, s], [b, t]) => t - s || (a < b ? -1 : 1))
    .slice(0, maxTags)
    .map(([tag]) => tag);
  const given = [...decisions].filter(([, action]) => action === 'added' || action === 'approved').map(([tag]) => tag);
  return [...kept, ...given].sort();
}

/** Small seeded generator (Lehmer), so that a failure can be had again. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const TAGS = [
  'lighting:dark',
  'lighting:dim',
  'clarity:blurry',
  'attribute:tiny',
  'attribute:grayscale',
  'color:red',
  'color:blue',
  'weather:night',
  'extra:night',
  'extra:cat',
  'color:cat',
];

describe('derived tags', function () {
  this.timeout(60_000);
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  for (const seed of [1, 2, 3, 4]) {
    it(`equal the reference after a random sequence of runs, decisions and policies (seed ${seed})`, async () => {
      let dataset = await temporary.dataset();
      const next = generator(seed);
      const pick = <T>(list: readonly T[]) => list[next(list.length)];
      const ids = await addSamples(dataset, ['a', 'b', 'c', 'd', 'e', 'f']);
      const images = new Map(ids.map((id): [number, Image] => [id, { predictions: [], decisions: new Map() }]));
      let policy: InheritedPolicy = { thresholds: {}, maxTags: 10 };
      const steps: Record<string, () => Promise<void>> = {
        run: async () => {
          const model = pick(['builtin', 'moondream']);
          const seen = ids.filter(() => next(3) > 0);
          const said = new Map(
            seen.map((id) => [id, TAGS.filter(() => next(2)).map((tag) => `${tag}:${10 * next(11)}`)]),
          );
          await analyze(
            dataset,
            seen.map((id) => analysisOf(id, said.get(id))),
            model,
          );
          for (const id of seen) {
            const image = images.get(id)!;
            const fresh = said.get(id)!.map((text): Said => {
              const [dimension, tag, score] = text.split(':') as [string, string, string];
              return { model, dimension, tag, score: Number(score) };
            });
            image.predictions = [...image.predictions.filter((old) => old.model !== model), ...fresh];
          }
        },
        decide: async () => {
          const some = ids.filter(() => next(2));
          const tag = pick(['dark', 'night', 'cat', 'mine', 'red']);
          const action = pick(['added', 'approved', 'rejected', 'removed'] as const);
          await dataset.decide(some, tag, null, action);
          for (const id of some) images.get(id)!.decisions.set(tag, action);
        },
        policy: async () => {
          policy = { thresholds: { builtin: 10 * next(11), moondream: 10 * next(11) }, maxTags: 1 + next(6) };
          await dataset.policy.setInherited(policy);
        },
        change: async () => {
          const id = pick(ids);
          await dataset.commitIndex({ ...NO_CHANGE, changed: [{ id, size: next(100), mtimeMs: next(100) }] });
          images.get(id)!.predictions = [];
        },
        reopen: async () => {
          await dataset.close();
          dataset = await temporary.dataset(dataset.location);
        },
      };
      for (let step = 0; step < 40; step++) {
        const name = pick(['run', 'run', 'decide', 'decide', 'policy', 'change', 'reopen']);
        await steps[name]();
        const expected = ids.map((id) => expectedTags(images.get(id)!, policy));
        const found = (await dataset.samplesByIds(ids)).map(({ tags }) => tags);
        assert.deepEqual(found, expected, `step ${step}: ${name}`);
      }
      await requireSameRows(dataset, ids);
    });
  }

  it('name who said so', async () => {
    const dataset = await temporary.dataset();
    const [id] = await addSamples(dataset, ['a']);
    await analyze(dataset, [analysisOf(id, ['lighting:dark:80', 'color:red:60'])]);
    await analyze(dataset, [analysisOf(id, ['color:red:70'])], 'moondream');
    await dataset.decide([id], 'dark', null, 'approved');
    assert.deepEqual((await dataset.sample(id))?.tagDetails, [
      { tag: 'dark', dimension: 'lighting', source: 'person', confidence: 100 },
      { tag: 'red', dimension: 'color', source: 'moondream', confidence: 70 },
    ]);
  });

  it('never bring back what a person removed, nor lose what a person gave, whatever the file becomes', async () => {
    const dataset = await temporary.dataset();
    const [id] = await addSamples(dataset, ['a']);
    await analyze(dataset, [analysisOf(id, ['lighting:dark:99'])]);
    await dataset.decide([id], 'dark', null, 'removed');
    await dataset.decide([id], 'mine', null, 'added');
    await dataset.commitIndex({ ...NO_CHANGE, missing: [id] });
    await dataset.commitIndex({ ...NO_CHANGE, moved: [{ id, path: 'b', mtimeMs: 1 }] });
    await dataset.commitIndex({ ...NO_CHANGE, changed: [{ id, size: 1, mtimeMs: 2 }] });
    await analyze(dataset, [analysisOf(id, ['lighting:dark:99', 'color:red:90'])]);
    assert.deepEqual(await tagsByPath(dataset, [id]), { b: ['mine', 'red'] });
  });

  it('do not count what a person decided against the limit', async () => {
    const dataset = await temporary.dataset();
    const [id] = await addSamples(dataset, ['a']);
    await dataset.policy.setInherited({ thresholds: {}, maxTags: 2 });
    await analyze(dataset, [analysisOf(id, ['color:red:90', 'color:blue:80', 'color:green:70', 'color:pink:60'])]);
    await dataset.decide([id], 'red', null, 'rejected');
    await dataset.decide([id], 'blue', null, 'approved');
    assert.deepEqual(await tagsByPath(dataset, [id]), { a: ['blue', 'green', 'pink'] });
  });

  it('refuse a policy and a tag that make no sense', async () => {
    const dataset = await temporary.dataset();
    const [id] = await addSamples(dataset, ['a']);
    await assert.rejects(dataset.policy.setInherited({ thresholds: {}, maxTags: 0 }), RangeError);
    await assert.rejects(dataset.policy.setInherited({ thresholds: { builtin: 101 }, maxTags: 1 }), RangeError);
    await assert.rejects(dataset.decide([id], ' \n ', null, 'added'), { code: 'tag-name' });
    await assert.rejects(dataset.decide([id], 'x'.repeat(51), null, 'added'), { code: 'tag-name' });
  });
});

/** `samples.tags` and `sample_tags` say the same. */
async function requireSameRows(dataset: Dataset, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    const detail = await dataset.sample(id);
    assert.deepEqual([...detail!.tagDetails.map(({ tag }) => tag)].sort(), detail!.tags);
  }
}
