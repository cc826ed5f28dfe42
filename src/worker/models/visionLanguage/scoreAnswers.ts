import { UserError } from '../../../protocol/userError';
import type { Decoder, Logits } from './decoder';
import { forget, type Past } from './past';
import type { PlannedAnswer, PlannedQuestion } from './promptPlan';

export interface ScoreOptions {
  /** What log-probabilities are multiplied by before they become shares. */
  readonly scale: number;
  readonly signal?: AbortSignal | undefined;
}

/** An answer whose share of all cannot reach this many percent is not looked at to its end. */
const LEAST_SHARE = 0.005;

/**
 * Natural logarithms of the probabilities with which the model would give each answer, its end included, after the
 * prefix and the question: one run for the question and one for each answer, batch 1 throughout, since decoders with
 * grouped attention take no batch on a past. The likeliest beginnings come first; answers that could not reach a share of
 * .005 % even if the rest of them were certain get no run, and the logarithm of their beginning's probability.
 * @param prefix is left as it is, for the next question.
 * @throws UserError `model-unusable` when the model's numbers are not numbers; the signal's reason.
 */
export async function scoreAnswers(
  decoder: Decoder,
  prefix: Past,
  { tokens, answers }: PlannedQuestion,
  { scale, signal }: ScoreOptions,
): Promise<number[]> {
  signal?.throwIfAborted();
  const asked = await decoder.go(tokens, prefix, { rows: 1, remember: true });
  const first = logProbabilities(asked.logits, 0);
  const sums = answers.map(({ tokens: [token] }) => first(token));
  const unlikelier = scale > 0 ? Math.log(LEAST_SHARE / 100) / scale : -Infinity;
  let best = -Infinity;
  for (const index of answers.map((_, i) => i).sort((a, b) => sums[b] - sums[a])) {
    if (answers[index].told.length > 0 && sums[index] >= best + unlikelier) {
      sums[index] += await scoreRest(decoder, asked.past, answers[index], signal);
    }
    best = Math.max(best, sums[index]);
  }
  forget(asked.past);
  if (sums.some((sum) => Number.isNaN(sum))) {
    throw new UserError('model-unusable', 'The model gives numbers out of range here. Choose another dtype of it.');
  }
  return sums;
}

/** Of all tokens of an answer but the first. */
async function scoreRest(decoder: Decoder, past: Past, { tokens, told }: PlannedAnswer, signal?: AbortSignal) {
  signal?.throwIfAborted();
  const { logits } = await decoder.go(told, past, { rows: told.length, remember: false });
  return told.reduce((sum, _, row) => sum + logProbabilities(logits, row)(tokens[row + 1]), 0);
}

/**
 * Shares of the answers, adding up to 100: the softmax of their log-probabilities times `scale`.
 * @param scale above 1 sharpens, below 1 evens out.
 */
export function shares(logProbabilities: readonly number[], scale: number): number[] {
  const most = Math.max(...logProbabilities);
  const weights = logProbabilities.map((value) => Math.exp(scale * (value - most)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (100 * weight) / sum);
}

/** The logarithm of the softmax of one row of logits. */
function logProbabilities({ data, vocabulary }: Logits, row: number): (token: number) => number {
  const start = row * vocabulary;
  let most = -Infinity;
  for (let i = start; i < start + vocabulary; i++) if (data[i] > most) most = data[i];
  let sum = 0;
  for (let i = start; i < start + vocabulary; i++) sum += Math.exp(data[i] - most);
  const normalizer = most + Math.log(sum);
  return (token) => data[start + token] - normalizer;
}
