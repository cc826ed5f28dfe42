import type { InferenceSession } from 'onnxruntime-node';
import { UserError } from '../../../protocol/userError';
import type { ModelQuestions, ModelRequest, Prediction } from '../../../protocol/workerApi';
import type { Raster } from '../../image/raster';
import { ranOutOfMemory } from '../inferenceFailure';
import { Decoder } from './decoder';
import { isVisionLanguage, layoutOf, type FamilyLayout } from './familyLayout';
import { generateText } from './generateText';
import { loadParts, type ModelParts } from './loadParts';
import { lookAt } from './lookAt';
import { loadFailure, outOfMemory } from './modelFailure';
import { forget, type Past } from './past';
import { parseCaption, parseFreeTags } from './parseFreeTags';
import { planPrompts, type PromptPlan } from './promptPlan';
import { scoreAnswers, shares } from './scoreAnswers';

/** What a model said of one image. */
export interface VisionLanguageAnswer {
  /** Every answer of every dimension, adding up to 100 in each, and free tags. */
  readonly predictions: Prediction[];
  readonly caption: string | null;
}

/** A model that looks at images and answers questions about them, one image after the other. */
export interface VisionLanguageModel {
  /**
   * @param image upright.
   * @throws UserError `out-of-memory` or `model-unusable`; the signal's reason once it is aborted (at the end of the
   * pass then running); whatever ONNX Runtime throws when the device fails.
   */
  ask(image: Raster, questions: ModelQuestions, signal?: AbortSignal): Promise<VisionLanguageAnswer>;
  /** Gives the memory back. Nothing may be asked any more. */
  dispose(): Promise<void>;
}

/** A free tag is said or not said; no probability comes with it. */
const FREE_TAG_SCORE = 70;
const TOKENS_A_TAG = 8;
const MOST_TAG_TOKENS = 160;
const MOST_CAPTION_TOKENS = 64;

/**
 * Loads a model from the files of its folder. Any network is out of reach.
 * @throws UserError `model-unusable` when files are missing, damaged or of another family, `out-of-memory`.
 */
export async function loadVisionLanguageModel(request: ModelRequest): Promise<VisionLanguageModel> {
  const { family } = request.weights;
  if (!isVisionLanguage(family)) {
    throw new UserError('model-unusable', `${request.name} cannot answer questions: it is of the family ${family}.`);
  }
  const layout = layoutOf(family);
  try {
    return new LoadedVisionLanguageModel(request, layout, await loadParts(request, layout));
  } catch (error) {
    throw loadFailure(request, error);
  }
}

class LoadedVisionLanguageModel implements VisionLanguageModel {
  private readonly decoder: Decoder;
  /** Ends with the question now asked. */
  private busy: Promise<unknown> = Promise.resolve();
  private planned: { key: string; plan: PromptPlan | null } | undefined;

  constructor(
    private readonly request: ModelRequest,
    private readonly layout: FamilyLayout,
    private readonly parts: ModelParts,
  ) {
    this.decoder = new Decoder(parts);
  }

  ask(image: Raster, questions: ModelQuestions, signal?: AbortSignal): Promise<VisionLanguageAnswer> {
    const turn = this.busy.then(() => this.answer(image, questions, signal));
    this.busy = turn.catch(() => undefined); // whoever asked is told
    return turn;
  }

  private async answer(image: Raster, questions: ModelQuestions, signal?: AbortSignal): Promise<VisionLanguageAnswer> {
    signal?.throwIfAborted();
    const plan = this.plan(questions);
    if (plan === null) return { predictions: [], caption: null };
    try {
      const prefix = await lookAt(image, plan.prefix, this.parts, this.decoder, signal);
      try {
        return await this.answerAll(plan, questions.freeTags, prefix, signal);
      } finally {
        forget(prefix);
      }
    } catch (error) {
      throw ranOutOfMemory(error) ? outOfMemory(this.request.name, error) : error;
    }
  }

  async dispose(): Promise<void> {
    const { vision, embedTokens, decoder } = this.parts;
    await Promise.all([vision, embedTokens, decoder].map((session: InferenceSession) => session.release()));
  }

  /** The questions are the same for image after image. */
  private plan(questions: ModelQuestions): PromptPlan | null {
    const key = JSON.stringify(questions);
    if (this.planned?.key !== key) {
      const { encode, imageToken, ends } = this.parts;
      const { prompt } = this.request.weights;
      const tokens = { encode, imageToken, endToken: ends[0], layout: this.layout, prompt };
      this.planned = { key, plan: planPrompts(questions, tokens) };
    }
    return this.planned.plan;
  }

  private async answerAll(
    plan: PromptPlan,
    freeTags: number,
    prefix: Past,
    signal?: AbortSignal,
  ): Promise<VisionLanguageAnswer> {
    const predictions = await this.score(plan, prefix, signal);
    const tags = await this.write(plan.tags, prefix, Math.min(freeTags * TOKENS_A_TAG, MOST_TAG_TOKENS), signal);
    for (const { tag, dimension } of parseFreeTags(tags, freeTags)) {
      predictions.push({ dimension, tag, score: FREE_TAG_SCORE });
    }
    const caption = parseCaption(await this.write(plan.caption, prefix, MOST_CAPTION_TOKENS, signal));
    return { predictions, caption };
  }

  private async score({ questions }: PromptPlan, prefix: Past, signal?: AbortSignal): Promise<Prediction[]> {
    const { scale } = this.request.weights.scoring;
    const predictions: Prediction[] = [];
    for (const question of questions) {
      const { name, answers } = question.dimension;
      const scores = shares(await scoreAnswers(this.decoder, prefix, question, { scale, signal }), scale);
      answers.forEach(({ tag }, i) => predictions.push({ dimension: name, tag, score: scores[i] }));
    }
    return predictions;
  }

  private async write(
    tokens: readonly number[] | null,
    prefix: Past,
    maxTokens: number,
    signal?: AbortSignal,
  ): Promise<string> {
    if (tokens === null) return '';
    const { decode, ends } = this.parts;
    return decode(await generateText(this.decoder, prefix, tokens, { ends: new Set(ends), maxTokens, signal }));
  }
}
