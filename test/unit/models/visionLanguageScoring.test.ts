import * as assert from 'node:assert/strict';
import type { Tensor } from 'onnxruntime-node';
import { loadVisionLanguageModel } from '../../../src/worker/models/visionLanguage';
import { Decoder } from '../../../src/worker/models/visionLanguage/decoder';
import { layoutOf } from '../../../src/worker/models/visionLanguage/familyLayout';
import { loadParts } from '../../../src/worker/models/visionLanguage/loadParts';
import { lookAt } from '../../../src/worker/models/visionLanguage/lookAt';
import type { Past } from '../../../src/worker/models/visionLanguage/past';
import { planPrompts } from '../../../src/worker/models/visionLanguage/promptPlan';
import { questionOf } from '../../../src/worker/models/visionLanguage/promptText';
import { scoreAnswers, shares } from '../../../src/worker/models/visionLanguage/scoreAnswers';
import { VISION_LANGUAGE_FAMILIES } from '../../fixtures/models/visionLanguageReplicas';
import type { ReplicaOptions } from '../../fixtures/models/visionLanguageReplica';
import { uncachedScores } from './uncachedScores';
import { DIMENSIONS, NATIVE_SIZE, ask, drawImage, scratchModels } from './visionLanguageModels';

/** Of log-probabilities, against a run from the start. */
const TOLERANCE = 1e-4;
/** A number that lies between two 16-bit floats may be rounded to either. */
const TOLERANCE_OF_HALVES = 2e-3;

const asked = DIMENSIONS.map((dimension) => ({
  question: questionOf(dimension),
  answers: dimension.answers.map(({ text }) => text),
}));

const LAYOUTS: Readonly<Record<string, ReplicaOptions>> = {
  'plain attention': { attention: 'plain', keepsLogits: false },
  'grouped attention': { attention: 'grouped', keepsLogits: false },
  'plain attention, the last logits only': { attention: 'plain', keepsLogits: true },
  'grouped attention, the last logits only': { attention: 'grouped', keepsLogits: true },
  'a past of 16-bit floats': { past: 'float16' },
};

describe('scoring of allowed answers by vision-language models', () => {
  const models = scratchModels();

  const variants = VISION_LANGUAGE_FAMILIES.flatMap((family) =>
    Object.entries(LAYOUTS).map(([title, options]) => ({ family, title, options })),
  );
  for (const { family, title, options } of variants) {
    it(`gives what a run from the start gives: ${family}, ${title}`, async () => {
      const request = models.write(family, options);
      const image = drawImage(...NATIVE_SIZE[family]);
      const expected = await uncachedScores(family, request.folder, image, asked);
      const parts = await loadParts(request, layoutOf(family));
      const tokens = { ...parts, endToken: parts.ends[0], layout: layoutOf(family), prompt: undefined };
      const plan = planPrompts(ask(DIMENSIONS), tokens);
      assert.ok(plan);
      const decoder = new Decoder(parts);
      const prefix = await lookAt(image, plan.prefix, parts, decoder);
      for (const [i, question] of plan.questions.entries()) {
        const scores = await scoreAnswers(decoder, prefix, question, { scale: 1 });
        scores.forEach((score, j) => {
          const difference = Math.abs(score - expected[i][j]);
          const tolerance = options.past === 'float16' ? TOLERANCE_OF_HALVES : TOLERANCE;
          assert.ok(difference < tolerance, `${asked[i].answers[j]}: ${score} against ${expected[i][j]}`);
        });
        assert.ok(new Set(scores.map((score) => score.toFixed(3))).size === scores.length, 'answers can be told apart');
      }
      const model = await loadVisionLanguageModel(request);
      const { predictions } = await model.ask(image, ask(DIMENSIONS));
      const wanted = DIMENSIONS.flatMap(({ name, answers }, i) =>
        shares(expected[i], 1).map((score, j) => ({ dimension: name, tag: answers[j].tag, score })),
      );
      assert.deepEqual(
        predictions.map(({ dimension, tag }) => [dimension, tag]),
        wanted.map(({ dimension, tag }) => [dimension, tag]),
      );
      predictions.forEach(({ score }, i) => assert.ok(Math.abs(score - wanted[i].score) < 0.01));
      await model.dispose();
    });
  }

  it('tells no answer with the question where a past cannot be cut: in the memory of a device', async () => {
    const request = models.write('idefics3');
    const parts = await loadParts(request, layoutOf('idefics3'));
    const tokens = { ...parts, endToken: parts.ends[0], layout: layoutOf('idefics3'), prompt: undefined };
    const plan = planPrompts(ask(DIMENSIONS), tokens)!;
    const decoder = new Decoder(parts);
    const prefix = await lookAt(drawImage(100, 80), plan.prefix, parts, decoder);
    let freed = 0;
    const onDevice = (past: Past): Past => {
      const tensors = { key: { location: 'gpu-buffer', dispose: () => freed++ } as unknown as Tensor };
      return { ...past, tensors };
    };
    const real = new Map<Past, Past>();
    const device: Parameters<typeof scoreAnswers>[0] = {
      go: async (ids, past, options) => {
        const { logits, past: after } = await decoder.go(ids, real.get(past)!, options);
        const shown = onDevice(after);
        real.set(shown, after);
        return { logits, past: shown };
      },
      backUp: () => assert.fail('cannot be cut'),
    };
    const shownPrefix = onDevice(prefix);
    real.set(shownPrefix, prefix);
    for (const question of plan.questions) {
      const wanted = await scoreAnswers(decoder, prefix, question, { scale: 1 });
      const scores = await scoreAnswers(device, shownPrefix, question, { scale: 1 });
      scores.forEach((score, i) => assert.ok(Math.abs(score - wanted[i]) < TOLERANCE));
    }
    assert.equal(freed, plan.questions.length, "each question's past, and not the prefix's");
  });
});
