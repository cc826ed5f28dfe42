import type { AskedDimension, Prediction } from '../../protocol/workerApi';

/** An answer's direction among the vectors of images. */
interface Candidate {
  readonly tag: string;
  /** Of unit length. */
  readonly vector: Float32Array;
}

/** A question with a vector for each answer. */
export interface Candidates {
  readonly dimension: string;
  readonly answers: readonly Candidate[];
}

/** All prompts of questions, each once. */
export function promptsOf(dimensions: readonly AskedDimension[]): string[] {
  return [...new Set(dimensions.flatMap(({ answers }) => answers.flatMap(({ prompts }) => prompts)))];
}

/** Averages the vectors of each answer's prompts, which makes the wording matter less. */
export function candidatesOf(
  dimensions: readonly AskedDimension[],
  vectorOf: (prompt: string) => Float32Array,
): Candidates[] {
  return dimensions.map(({ name, answers }) => ({
    dimension: name,
    answers: answers.map(({ tag, prompts }) => ({ tag, vector: meanDirection(prompts.map(vectorOf)) })),
  }));
}

/**
 * Confidence of every answer: a softmax over `scale · cosine + bias` within each question, 0 to 100.
 * @param vector of the image, of unit length
 */
export function scoreCandidates(
  questions: readonly Candidates[],
  vector: Float32Array,
  { scale, bias = 0 }: { scale: number; bias?: number },
): Prediction[] {
  return questions.flatMap(({ dimension, answers }) => {
    const logits = answers.map((answer) => scale * dot(answer.vector, vector) + bias);
    const highest = Math.max(...logits);
    const weights = logits.map((logit) => Math.exp(logit - highest));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return answers.map(({ tag }, i) => ({ dimension, tag, score: (100 * weights[i]) / sum }));
  });
}

function meanDirection(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0].length);
  for (const vector of vectors) for (let i = 0; i < mean.length; i++) mean[i] += vector[i];
  const length = Math.sqrt(dot(mean, mean));
  return length > 0 ? mean.map((value) => value / length) : mean;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
