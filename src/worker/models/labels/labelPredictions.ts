import { NO_ANSWER, type Prediction } from '../../../protocol/workerApi';
import type { LabelSet } from './labelSet';

/**
 * Least confidence, 0 to 100, that is kept. Precision and recall of these models are equal at about 26: well below that,
 * a threshold can still be tried without asking again, while ten thousand labels an image would fill the database with
 * what nobody believes.
 */
export const FLOOR = 10;

/**
 * What the outputs of a tagger say in the dimensions asked for: of those with a single answer the likeliest, whatever its
 * confidence; of the others each label from the floor on, as it is, or `NO_ANSWER` where there is none, so that it counts as asked.
 * @param probabilities 0 to 1, one a label
 */
export function labelPredictions(
  { labels, single }: Pick<LabelSet, 'labels' | 'single'>,
  probabilities: Float32Array,
  dimensions: readonly string[],
): Prediction[] {
  const said = labels.map(({ dimension, tag }, i) => ({ dimension, tag, score: percent(probabilities[i]) }));
  return dimensions.flatMap((name): Prediction[] => {
    const all = said.filter(({ dimension }) => dimension === name);
    if (single.has(name) && all.length > 0) return [all.reduce((best, one) => (one.score > best.score ? one : best))];
    const likely = all.filter(({ score }) => score >= FLOOR);
    return likely.length > 0 ? likely : [{ dimension: name, tag: NO_ANSWER, score: 100 }];
  });
}

/** 0 to 100. What rounding on a device makes of a probability can lie a little beyond 0 and 1. */
export function percent(probability: number): number {
  return 100 * Math.min(1, Math.max(0, probability));
}
