import * as assert from 'node:assert/strict';
import { loadVisionLanguageModel } from '../../../src/worker/models/visionLanguage';
import { Decoder } from '../../../src/worker/models/visionLanguage/decoder';
import { layoutOf } from '../../../src/worker/models/visionLanguage/familyLayout';
import { loadParts } from '../../../src/worker/models/visionLanguage/loadParts';
import { lookAt } from '../../../src/worker/models/visionLanguage/lookAt';
import { planPrompts } from '../../../src/worker/models/visionLanguage/promptPlan';
import { questionOf } from '../../../src/worker/models/visionLanguage/promptText';
import { scoreAnswers, shares } from '../../../src/worker/models/visionLanguage/scoreAnswers';
import { VISION_LANGUAGE_FAMILIES } from '../../fixtures/models/visionLanguageReplicas';
import { uncachedScores } from './uncachedScores';
import { DIMENSIONS, NATIVE_SIZE, ask, drawImage, scratchModels } from './visionLanguageModels';

/** Of log-probabilities, against a run from the start. */
const TOLERANCE = 1e-4;

const asked = DIMENSIONS.map((dimension) => ({
  question: questionOf(dimension),
  answers: dimension.answers.map(({ text }) => text),
}));

const VARIANTS = VISION_LANGUAGE_FAMILIES.flatMap((family) =>
  (['plain', 'grouped'] as const).flatMap((attention) =>
    [false, true].map((keepsLogits) => ({ family, attention, keepsLogits })),
  ),
);

describe('scoring of allowed answers by vision-language models', () => {
  const models = scratchModels();

  for (const { family, attention, keepsLogits } of VARIANTS) {
    const title = `${family}, ${attention} attention, ${keepsLogits ? 'last logits only' : 'all logits'}`;
    it(`gives what a run from the start gives: ${title}`, async () => {
      const request = models.write(family, { attention, keepsLogits });
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
          assert.ok(difference < TOLERANCE, `${asked[i].answers[j]}: ${score} against ${expected[i][j]}`);
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
});
