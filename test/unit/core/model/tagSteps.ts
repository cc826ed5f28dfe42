import fc from 'fast-check';
import { NO_ANSWER, VOCABULARY } from '../../../../src/protocol/vocabulary';
import type { DecisionAction } from '../../../../src/protocol/tagApi';
import { commitAnalyses } from '../../../../src/core/store/analyses';
import { setVocabulary } from '../../../../src/core/store/dimensions';
import { commitModelAnswers } from '../../../../src/core/store/modelAnswers';
import { useModel } from '../../../../src/core/store/models';
import { beginRun, endRun } from '../../../../src/core/store/runs';
import { analysisOf } from '../temporaryDataset';
import type { TagWorld } from './tagWorld';

/** Something that happens to a dataset, chosen at random; it can be printed. */
export type Step =
  | { readonly kind: 'analyze'; readonly model: string; readonly said: readonly (readonly string[])[] }
  | { readonly kind: 'ask'; readonly dimensions: readonly string[]; readonly said: readonly (readonly string[])[] }
  | { readonly kind: 'use'; readonly threshold: number }
  | { readonly kind: 'decide'; readonly on: readonly boolean[]; readonly tag: string; readonly action: DecisionAction }
  | { readonly kind: 'rules'; readonly rules: readonly RuleStep[]; readonly maxTags: number | null }
  | { readonly kind: 'settings'; readonly threshold: number | null; readonly maxTags: number }
  | {
      readonly kind: 'map';
      readonly provider: string;
      readonly external: string;
      readonly action: 'map' | 'ignore' | 'none';
      readonly tag: string;
      readonly dimension: string | null;
      readonly factor: number;
    }
  | { readonly kind: 'alias'; readonly alias: string; readonly tag: string | null }
  | { readonly kind: 'imply'; readonly tag: string; readonly implies: readonly string[] }
  | { readonly kind: 'import'; readonly csv: string; readonly replace: boolean }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'merge'; readonly from: readonly string[]; readonly to: string }
  | { readonly kind: 'delete'; readonly from: string }
  | { readonly kind: 'undo' | 'redo' }
  | { readonly kind: 'undoRun' | 'restoreRun'; readonly back: number }
  | { readonly kind: 'vocabulary'; readonly without: string | null };

interface RuleStep {
  readonly provider: string;
  readonly dimension: string;
  readonly threshold: number | null;
  readonly autoApprove: boolean | null;
  readonly holdUnmapped: boolean | null;
}

const NAMES = ['dark', 'bright', 'cat', 'animal', 'car', 'vehicle', 'auto'] as const;
/** `dark` answers a question here and is one tag among others there. */
const SAYINGS = [
  ...['lighting:dark', 'lighting:bright', `lighting:${NO_ANSWER}`, 'weather:sunny', 'weather:night'],
  ...['object:cat', 'object:animal', 'object:car', 'object:auto', 'attribute:dark', 'attribute:vehicle'],
];
const MODELS = ['m1', 'm2', 'm3'];
const DIMENSIONS = ['lighting', 'weather', 'object', 'attribute'];

const name = fc.constantFrom(...NAMES);
const score = fc.integer({ min: 0, max: 20 }).map((n) => n * 5);
const said = fc
  .subarray(SAYINGS, { minLength: 1 })
  .chain((texts) =>
    fc.tuple(...texts.map((text) => score.map((n) => `${text}:${n}`))).map((all) => all as readonly string[]),
  );
const sayings = fc.array(said, { minLength: 3, maxLength: 3 });
const rule: fc.Arbitrary<RuleStep> = fc.record({
  provider: fc.constantFrom('', ...MODELS),
  dimension: fc.constantFrom('', ...DIMENSIONS),
  threshold: fc.option(score, { nil: null }),
  autoApprove: fc.option(fc.boolean(), { nil: null }),
  holdUnmapped: fc.option(fc.boolean(), { nil: null, freq: 1 }),
});
const kind = <K extends Step['kind']>(text: K) => fc.constant(text);

/** What may be drawn, how often, by kind. */
const ARBITRARIES = {
  analyze: {
    weight: 5,
    arbitrary: fc.record({ kind: kind('analyze'), model: fc.constantFrom('m1', 'm2'), said: sayings }),
  },
  ask: {
    weight: 3,
    arbitrary: fc.record({ kind: kind('ask'), dimensions: fc.subarray(DIMENSIONS, { minLength: 1 }), said: sayings }),
  },
  use: { weight: 1, arbitrary: fc.record({ kind: kind('use'), threshold: score }) },
  decide: {
    weight: 6,
    arbitrary: fc.record({
      kind: kind('decide'),
      on: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      tag: name,
      action: fc.constantFrom('added', 'approved', 'rejected', 'removed'),
    }),
  },
  rules: {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('rules'),
      rules: fc.array(rule, { maxLength: 3 }),
      maxTags: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
    }),
  },
  settings: {
    weight: 1,
    arbitrary: fc.record({
      kind: kind('settings'),
      threshold: fc.option(score, { nil: null }),
      maxTags: fc.integer({ min: 1, max: 10 }),
    }),
  },
  map: {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('map'),
      provider: fc.constantFrom('', ...MODELS),
      external: name,
      action: fc.constantFrom('map', 'map', 'ignore', 'none'),
      tag: name,
      dimension: fc.option(fc.constantFrom(...DIMENSIONS), { nil: null }),
      factor: fc.constantFrom(0.5, 0.9, 1, 1.5),
    }),
  },
  alias: { weight: 2, arbitrary: fc.record({ kind: kind('alias'), alias: name, tag: fc.option(name, { nil: null }) }) },
  imply: {
    weight: 3,
    arbitrary: fc.record({ kind: kind('imply'), tag: name, implies: fc.subarray([...NAMES], { maxLength: 2 }) }),
  },
  import: {
    weight: 1,
    arbitrary: fc.record({
      kind: kind('import'),
      csv: fc
        .array(
          fc
            .tuple(fc.constantFrom('map', 'alias', 'imply', 'ignore'), name, name)
            .map(([action, external, tag]) => `${external},${action},${tag}`),
          { minLength: 1, maxLength: 4 },
        )
        .map((rows) => ['external_tag,action,tag', ...rows].join('\n')),
      replace: fc.boolean(),
    }),
  },
  rename: { weight: 2, arbitrary: fc.record({ kind: kind('rename'), from: name, to: name }) },
  merge: {
    weight: 1,
    arbitrary: fc.record({
      kind: kind('merge'),
      from: fc.subarray([...NAMES], { minLength: 1, maxLength: 3 }),
      to: name,
    }),
  },
  delete: { weight: 1, arbitrary: fc.record({ kind: kind('delete'), from: name }) },
  undo: { weight: 3, arbitrary: fc.record({ kind: kind('undo') }) },
  redo: { weight: 2, arbitrary: fc.record({ kind: kind('redo') }) },
  undoRun: { weight: 2, arbitrary: fc.record({ kind: kind('undoRun'), back: fc.nat(4) }) },
  restoreRun: { weight: 1, arbitrary: fc.record({ kind: kind('restoreRun'), back: fc.nat(4) }) },
  vocabulary: {
    weight: 1,
    arbitrary: fc.record({
      kind: kind('vocabulary'),
      without: fc.option(fc.constantFrom(...DIMENSIONS), { nil: null }),
    }),
  },
} satisfies Record<Step['kind'], { weight: number; arbitrary: fc.Arbitrary<Step> }>;

/** Random sequences of steps. @param without kinds that are left out */
export function steps(length: number, without: readonly Step['kind'][] = []): fc.Arbitrary<Step[]> {
  const kinds = (Object.keys(ARBITRARIES) as Step['kind'][]).filter((one) => !without.includes(one));
  const choices = kinds.map((one) => ARBITRARIES[one] as { weight: number; arbitrary: fc.Arbitrary<Step> });
  return fc.array(fc.oneof(...choices), { minLength: 2, maxLength: length });
}

/**
 * Has a step happen. False where it was without effect on what people have done.
 * @throws UserError where the dataset refuses it
 */
export async function perform(world: TagWorld, step: Step): Promise<boolean> {
  return (await happen(world, step)) !== null;
}

function happen(world: TagWorld, step: Step): Promise<unknown> {
  switch (step.kind) {
    case 'analyze':
      return run(world, step.model, (session, id) =>
        commitAnalyses(
          session,
          id,
          { provider: step.model, embedder: null },
          world.ids.map((sample, index) => analysisOf(sample, step.said[index])),
          [],
        ),
      );
    case 'ask':
      return run(world, 'm3', (session, id) => {
        const asked = { model: 'm3', dimensions: step.dimensions, freeTags: false, caption: false, vector: false };
        const answers = world.ids.map((sample, index) => {
          const { predictions } = analysisOf(sample, step.said[index]);
          return { ok: true as const, id: sample, predictions, caption: null, vector: null };
        });
        return commitModelAnswers(session, id, asked, answers, []);
      });
    case 'use':
      return world.write((session) =>
        useModel(session, { name: 'm2', revision: '1', licence: null, threshold: step.threshold }),
      );
    case 'decide': {
      const ids = Int32Array.from(world.ids.filter((_, index) => step.on[index]));
      return world.tagging.decide({ ids }, [step.tag], step.action);
    }
    case 'rules':
      return world.policy.set(step.rules, step.maxTags);
    case 'settings':
      return world.policy.setInherited({
        thresholds: step.threshold === null ? {} : { m1: step.threshold },
        maxTags: step.maxTags,
      });
    case 'map':
      return world.policy.setMapping(step);
    case 'alias':
      return world.policy.setAlias(step.alias, step.tag);
    case 'imply':
      return world.policy.setImplications(step.tag, step.implies);
    case 'import':
      return world.policy.importMappings(step.csv, step);
    case 'rename':
      return world.tagging.change({ kind: 'rename', from: [step.from], to: step.to });
    case 'merge':
      return world.tagging.change({ kind: 'merge', from: [...step.from], to: step.to });
    case 'delete':
      return world.tagging.change({ kind: 'delete', from: [step.from], to: null });
    case 'undo':
      return world.tagging.undo();
    case 'redo':
      return world.tagging.redo();
    case 'undoRun':
    case 'restoreRun':
      return changeRun(world, step.kind, step.back);
    case 'vocabulary':
      return world.write((session) =>
        setVocabulary(
          session,
          VOCABULARY.filter((dimension) => dimension.name !== step.without),
        ),
      );
  }
}

async function changeRun(world: TagWorld, kind: 'undoRun' | 'restoreRun', back: number): Promise<void> {
  const { runs } = await world.runHistory.list({ offset: 0, limit: 5 });
  const chosen = runs.at(back);
  if (!chosen) return;
  await (kind === 'undoRun' ? world.runHistory.undo(chosen.id) : world.runHistory.restore(chosen.id));
}

async function run(
  world: TagWorld,
  model: string,
  commit: (session: Parameters<Parameters<TagWorld['write']>[0]>[0], id: number) => Promise<void>,
): Promise<void> {
  const id = await world.write((session) => beginRun(session, { kind: 'tag', model, settings: {} }));
  await world.write((session) => commit(session, id));
  await world.write((session) => endRun(session, id, 'done', { processed: 3, failed: 0, error: null }));
}
