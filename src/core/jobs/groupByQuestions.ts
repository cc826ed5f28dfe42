import type { ModelPendingSample } from '../dataset';

/** Samples of which the same is asked, the largest group first; each in the order given. */
export function groupByQuestions(samples: readonly ModelPendingSample[]): ModelPendingSample[][] {
  const groups = new Map<string, ModelPendingSample[]>();
  for (const sample of samples) {
    const { dimensions, freeTags, caption, vector } = sample;
    const key = JSON.stringify([dimensions, freeTags, caption, vector]);
    const group = groups.get(key);
    if (group) group.push(sample);
    else groups.set(key, [sample]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}
