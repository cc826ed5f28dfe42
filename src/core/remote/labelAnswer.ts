import { NO_ANSWER, type Prediction } from '../../protocol/workerApi';
import { normalizeName } from '../vocabulary/normalizeName';

/** A label as a provider says it. */
export interface SaidLabel {
  readonly name: string;
  /** 0 to 1. */
  readonly score: number;
}

/**
 * Labels of a provider's own as predictions, each name once with its best score. Names are written as tags are; one that
 * could not be a tag of one's own stays, in lower case, and can be mapped. Without any label there is `NO_ANSWER`, so that
 * the image counts as answered.
 */
export function labelAnswer(dimension: string, labels: readonly SaidLabel[]): Prediction[] {
  const best = new Map<string, number>();
  for (const { name, score } of labels) {
    const tag = normalizeName(name) ?? name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
    const percent = 100 * Math.min(1, Math.max(0, score));
    if (tag !== '' && percent >= (best.get(tag) ?? 0)) best.set(tag, percent);
  }
  if (best.size === 0) return [{ dimension, tag: NO_ANSWER, score: 100 }];
  return [...best].map(([tag, score]) => ({ dimension, tag, score }));
}
