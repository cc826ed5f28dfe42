import type { SampleDetail } from '../../../src/protocol/viewApi';

export interface Answer {
  readonly tag: string;
  /** 0 to 100. */
  readonly score: number;
  /** Least score at which it counts. */
  readonly threshold: number;
}

export interface ComparedQuestion {
  readonly dimension: string;
  /** What each model holds most likely, in the order of the models; null where it was not asked. */
  readonly answers: readonly (Answer | null)[];
}

/**
 * The answers of several models beside each other, question by question in the order of the vocabulary. Families of
 * tags that hold together have no single answer to compare.
 */
export function compareAnswers({
  models,
  predictions,
  dimensions,
}: Pick<SampleDetail, 'models' | 'predictions' | 'dimensions'>): ComparedQuestion[] {
  const compared = dimensions
    .filter(({ multiple }) => !multiple)
    .map(({ name }) => ({
      dimension: name,
      answers: models.map((model) => best(predictions, model.name, name)),
    }));
  return compared.filter(({ answers }) => answers.some((answer) => answer !== null));
}

function best(predictions: SampleDetail['predictions'], model: string, dimension: string): Answer | null {
  let found: Answer | null = null;
  for (const prediction of predictions) {
    if (prediction.model !== model || prediction.dimension !== dimension) continue;
    if (!found || prediction.score > found.score) found = prediction;
  }
  return found;
}
