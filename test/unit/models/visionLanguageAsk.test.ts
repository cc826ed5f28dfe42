import * as assert from 'node:assert/strict';
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../src/protocol/userError';
import type { ModelRequest } from '../../../src/protocol/workerApi';
import { loadVisionLanguageModel } from '../../../src/worker/models/visionLanguage';
import { shares } from '../../../src/worker/models/visionLanguage/scoreAnswers';
import { questionOf } from '../../../src/worker/models/visionLanguage/promptText';
import { countRuns } from '../../fixtures/models/countRuns';
import { VISION_LANGUAGE_FAMILIES } from '../../fixtures/models/visionLanguageReplicas';
import { uncachedScores } from './uncachedScores';
import { DIMENSIONS, NATIVE_SIZE, ask, drawImage, scratchModels } from './visionLanguageModels';

const isUnusable = (pattern: RegExp) => (error: unknown) =>
  error instanceof UserError && error.code === 'model-unusable' && pattern.test(error.message);

describe('asking vision-language models', () => {
  const models = scratchModels();
  const photo = drawImage(320, 200);

  async function withModel<T>(
    request: ModelRequest,
    use: (model: Awaited<ReturnType<typeof loadVisionLanguageModel>>) => Promise<T>,
  ): Promise<T> {
    const model = await loadVisionLanguageModel(request);
    try {
      return await use(model);
    } finally {
      await model.dispose();
    }
  }

  for (const family of VISION_LANGUAGE_FAMILIES) {
    it(`answers only what is allowed, from one look at the image: ${family}`, async () => {
      await withModel(models.write(family), async (model) => {
        const questions = ask(DIMENSIONS);
        for (const image of [photo, drawImage(40, 333), drawImage(1, 1)]) {
          const counts = await countRuns(async () => {
            const { predictions, caption } = await model.ask(image, questions);
            assert.deepEqual(
              predictions.map(({ dimension, tag }) => `${dimension}: ${tag}`),
              DIMENSIONS.flatMap(({ name, answers }) => answers.map(({ tag }) => `${name}: ${tag}`)),
            );
            for (const { name } of DIMENSIONS) {
              const scores = predictions.filter(({ dimension }) => dimension === name).map(({ score }) => score);
              assert.ok(Math.abs(scores.reduce((sum, score) => sum + score) - 100) < 1e-6);
              assert.ok(scores.every((score) => score >= 0 && score <= 100));
            }
            assert.equal(caption, null);
          });
          assert.equal(counts.vision, 1);
          const answers = DIMENSIONS.reduce((sum, dimension) => sum + dimension.answers.length, 0);
          assert.ok(counts.decoder <= 1 + answers, `${counts.decoder} runs`);
        }
      });
    });

    it(`gives free tags and a caption: ${family}`, async () => {
      const says = [' people', ',', ' night', ';', ' red', '|', ' bright', '.'];
      await withModel(models.write(family, { says }), async (model) => {
        const counts = await countRuns(async () => {
          const { predictions, caption } = await model.ask(photo, ask([], { freeTags: 3, caption: true }));
          assert.deepEqual(predictions, [
            { dimension: 'object', tag: 'people', score: 70 },
            { dimension: 'scene', tag: 'night', score: 70 },
            { dimension: 'color', tag: 'red', score: 70 },
          ]);
          assert.equal(caption, 'people, night; red| bright.');
        });
        assert.equal(counts.vision, 1);
      });
    });
  }

  it('says something else of another image', async () => {
    await withModel(models.write('moondream1'), async (model) => {
      const [one, other] = [
        await model.ask(photo, ask(DIMENSIONS)),
        await model.ask(drawImage(90, 90), ask(DIMENSIONS)),
      ];
      assert.notDeepEqual(one.predictions, other.predictions);
      assert.deepEqual((await model.ask(photo, ask(DIMENSIONS))).predictions, one.predictions);
    });
  });

  it('answers one after the other when asked twice at once', async () => {
    await withModel(models.write('idefics3'), async (model) => {
      const images = [photo, drawImage(90, 90), drawImage(64, 200)];
      let together: Awaited<ReturnType<typeof model.ask>>[] = [];
      const { order } = await countRuns(async () => {
        together = await Promise.all(images.map((image) => model.ask(image, ask(DIMENSIONS))));
      });
      assert.match(order, /^(vd+){3}$/);
      for (const [i, image] of images.entries()) {
        assert.deepEqual((await model.ask(image, ask(DIMENSIONS))).predictions, together[i].predictions);
      }
    });
  });

  it('leaves answers aside that cannot get a share', async () => {
    const request = models.write('idefics3', { says: [' yes'] });
    const image = drawImage(...NATIVE_SIZE.idefics3);
    const asked = DIMENSIONS.map((dimension) => ({
      question: questionOf(dimension),
      answers: dimension.answers.map(({ text }) => text),
    }));
    const expected = (await uncachedScores('idefics3', request.folder, image, asked)).flatMap((sums) =>
      shares(sums, 1),
    );
    await withModel(request, async (model) => {
      const counts = await countRuns(async () => {
        const { predictions } = await model.ask(image, ask(DIMENSIONS));
        predictions.forEach(({ score }, i) =>
          assert.ok(Math.abs(score - expected[i]) < 0.02, `${score} ${expected[i]}`),
        );
      });
      assert.ok(counts.decoder < 1 + 14, `${counts.decoder} runs`);
    });
  });

  it('asks nothing of the model when nothing is asked', async () => {
    await withModel(models.write('idefics3'), async (model) => {
      const counts = await countRuns(async () => {
        assert.deepEqual(await model.ask(photo, ask([])), { predictions: [], caption: null });
      });
      assert.equal(counts.order, '');
    });
  });

  it('sharpens shares by the scale of the manifest', async () => {
    const request = models.write('moondream1');
    const scored = async (scale: number) => {
      const weights = { ...request.weights, scoring: { scale, bias: 0 } };
      const { predictions } = await withModel({ ...request, weights }, (model) => model.ask(photo, ask(DIMENSIONS)));
      return predictions.slice(0, 2).map(({ score }) => score);
    };
    const [plain, halved] = [await scored(1), await scored(0.5)];
    const odds = ([a, b]: number[]) => Math.log(a / b);
    assert.ok(Math.abs(odds(halved) - odds(plain) / 2) < 1e-4);
  });

  it('stops between passes', async () => {
    await withModel(models.write('idefics3'), async (model) => {
      const controller = new AbortController();
      const reason = new Error('enough');
      const counts = await countRuns(async () => {
        setImmediate(() => setImmediate(() => controller.abort(reason)));
        await assert.rejects(model.ask(photo, ask(DIMENSIONS), controller.signal), reason);
      });
      assert.ok(counts.decoder < 4, `${counts.decoder} runs after the abort`);
      assert.equal((await model.ask(photo, ask(DIMENSIONS))).predictions.length, 14);
    });
  });

  it('reads the graphs that the variant names', async () => {
    const request = models.write('moondream1');
    const [variant] = request.weights.variants;
    const graphs = { ...variant.graphs, decoder_model_merged: 'q4' as const };
    const files = variant.files.filter(({ path }) => !path.includes('decoder'));
    const weights = { ...request.weights, variants: [{ ...variant, graphs, files }] };
    await assert.rejects(loadVisionLanguageModel({ ...request, weights }), isUnusable(/decoder_model_merged_q4/));
  });

  it('names a damaged graph', async () => {
    const request = models.write('qwen2-vl');
    truncateSync(join(request.folder, 'onnx', 'decoder_model_merged.onnx'), 20_000);
    await assert.rejects(loadVisionLanguageModel(request), isUnusable(/decoder_model_merged\.onnx/));
  });

  it('names a damaged JSON file', async () => {
    const request = models.write('qwen2-vl');
    writeFileSync(join(request.folder, 'tokenizer.json'), '<!doctype html>');
    await assert.rejects(loadVisionLanguageModel(request), isUnusable(/tokenizer\.json/));
  });

  it('names the files that are missing', async () => {
    const request = models.write('llava-onevision');
    rmSync(join(request.folder, 'config.json'));
    rmSync(join(request.folder, 'onnx', 'embed_tokens.onnx'));
    await assert.rejects(loadVisionLanguageModel(request), isUnusable(/config\.json, onnx\/embed_tokens\.onnx/));
  });

  it('refuses a dtype that there is not, and files of another family', async () => {
    const request = models.write('llava-onevision');
    await assert.rejects(loadVisionLanguageModel({ ...request, dtype: 'q4' }), isUnusable(/q4.*fp32/));
    const weights = { ...request.weights, family: 'qwen2-vl' as const };
    await assert.rejects(loadVisionLanguageModel({ ...request, weights }), isUnusable(/./));
    const encoder = { ...request.weights, family: 'clip' as const };
    await assert.rejects(loadVisionLanguageModel({ ...request, weights: encoder }), isUnusable(/clip/));
  });
});
