import { UserError } from '../../../protocol/userError';
import type { Decoder, Logits } from './decoder';
import { forget, isInMainMemory, type Past } from './past';
import type { PlannedAnswer, PlannedQuestion } from './promptPlan';

/** Of a decoder, what scoring needs. */
type Runs = Pick<Decoder, 'go' | 'backUp'>;

export interface ScoreOptions {
  /** What log-probabilities are multiplied by before they become shares. */
  readonly scale: number;
  readonly signal?: AbortSignal | undefined;
}

/** An answer whose share of all cannot reach this many percent is not looked at to its end. */
const LEAST_SHARE = 0.005;

/**
 * Natural logarithms of the probabilities with which the model would give each answer, its end included, after the
 * prefix and the question: one run for the question with the first answer and one for each other answer, batch 1
 * throughout, since decoders with grouped attention take no batch on a past. The likeliest beginnings come first; answers
 * that could not reach a share of .005 % even if the rest of them were certain get no run, and the logarithm of their
 * beginning's probability.
 * @param prefix is left as it is, for the next question.
 * @throws UserError `model-unusable` when the model's numbers are not numbers; the signal's reason.
 */
export async function scoreAnswers(
  decoder: Runs,
  prefix: Past,
  question: PlannedQuestion,
  { scale, signal }: ScoreOptions,
): Promise<number[]> {
  const { answers } = question;
  const { first, firstRest, past } = await askQuestion(decoder, prefix, question, signal);
  const sums = answers.map(({ tokens: [token] }) => first(token));
  const unlikelier = scale > 0 ? Math.log(LEAST_SHARE / 100) / scale : -Infinity;
  let best = -Infinity;
  for (const index of answers.map((_, i) => i).sort((a, b) => sums[b] - sums[a])) {
    if (index === 0 && firstRest !== null) sums[index] += firstRest;
    else if (answers[index].told.length > 0 && sums[index] >= best + unlikelier) {
      sums[index] += await scoreRest(decoder, past, answers[index], signal);
    }
    best = Math.max(best, sums[index]);
  }
  forget(past);
  if (sums.some((sum) => Number.isNaN(sum))) {
    throw new UserError('model-unusable', 'The model gives numbers out of range here. Choose another dtype of it.');
  }
  return sums;
}

interface Asked {
  /** Log-probability of a token right after the question. */
  readonly first: (token: number) => number;
  /** Of all tokens of the first answer but its first, where that was told with the question. */
  readonly firstRest: number | null;
  /** Prefix and question. */
  readonly past: Past;
}

/** The question, and the first answer in the same run where what is remembered of it can be taken off again. */
async function askQuestion(
  decoder: Runs,
  prefix: Past,
  { tokens, opening, answers: [answer] }: PlannedQuestion,
  signal?: AbortSignal,
): Promise<Asked> {
  signal?.throwIfAborted();
  if (!isInMainMemory(prefix)) {
    const { logits, past } = await decoder.go(tokens, prefix, { rows: 1, remember: true });
    return { first: logProbabilities(logits, 0), firstRest: null, past };
  }
  const { told } = answer;
  const { logits, past } = await decoder.go(opening, prefix, { rows: 1 + told.length, remember: true });
  const firstRest = sumOfRest(answer, (row) => logProbabilities(logits, 1 + row));
  return { first: logProbabilities(logits, 0), firstRest, past: decoder.backUp(past, told.length) };
}

/** Of all tokens of an answer but the first. */
async function scoreRest(decoder: Runs, past: Past, answer: PlannedAnswer, signal?: AbortSignal): Promise<number> {
  signal?.throwIfAborted();
  const { told } = answer;
  const { logits } = await decoder.go(told, past, { rows: told.length, remember: false });
  return sumOfRest(answer, (row) => logProbabilities(logits, row));
}

/** @param after log-probabilities of what follows each token that was told. */
function sumOfRest({ tokens, told }: PlannedAnswer, after: (row: number) => (token: number) => number): number {
  return told.reduce((sum, _, row) => sum + after(row)(tokens[row + 1]), 0);
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
