import { UserError } from '../../../protocol/userError';
import { forget, type Decoder, type Logits, type Past } from './decoder';
import type { PlannedQuestion } from './promptPlan';

/**
 * Natural logarithms of the probabilities with which the model would give each answer, its end included, after the
 * prefix and the question: one run for the question and one for each answer, batch 1 throughout, since decoders with
 * grouped attention take no batch on a past.
 * @param prefix is left as it is, for the next question.
 */
export async function scoreAnswers(
  decoder: Decoder,
  prefix: Past,
  { tokens, answers }: PlannedQuestion,
  signal?: AbortSignal,
): Promise<number[]> {
  signal?.throwIfAborted();
  const asked = await decoder.go(tokens, prefix, { rows: 1, remember: answers.some((ids) => ids.length > 1) });
  const first = logProbabilities(asked.logits, 0);
  const sums: number[] = [];
  for (const ids of answers) {
    const begun = first(ids[0]);
    sums.push(ids.length > 1 ? begun + (await scoreRest(decoder, asked.past, ids, signal)) : begun);
  }
  forget(asked.past);
  if (sums.some((sum) => Number.isNaN(sum))) {
    throw new UserError('model-unusable', 'The model gives numbers out of range here. Choose another dtype of it.');
  }
  return sums;
}

/** Of all tokens of an answer but the first. */
async function scoreRest(decoder: Decoder, past: Past, ids: readonly number[], signal?: AbortSignal): Promise<number> {
  signal?.throwIfAborted();
  const told = ids.slice(0, -1);
  const { logits } = await decoder.go(told, past, { rows: told.length, remember: false });
  return told.reduce((sum, _, row) => sum + logProbabilities(logits, row)(ids[row + 1]), 0);
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
