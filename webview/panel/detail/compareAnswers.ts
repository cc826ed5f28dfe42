import type { SampleDetail } from '../../../src/protocol/viewApi';

export interface Answer {
  readonly tag: string;
  /** 0 to 100. */
  readonly score: number;
}

export interface ComparedDimension {
  readonly dimension: string;
  /** What each model holds most likely, in the order of the models; null where it was not asked. */
  readonly answers: readonly (Answer | null)[];
}

/** Families of tags that hold together have no single answer to compare. */
type IsQuestion = (dimension: string) => boolean;

/**
 * The answers of several models beside each other, question by question, in the order in which they come up.
 *
 * @param isQuestion whether a dimension has one answer
 */
export function compareAnswers(
  { models, predictions }: Pick<SampleDetail, 'models' | 'predictions'>,
  isQuestion: IsQuestion,
): ComparedDimension[] {
  const dimensions = new Set(predictions.map(({ dimension }) => dimension).filter(isQuestion));
  return [...dimensions].map((dimension) => ({
    dimension,
    answers: models.map(({ name }) => best(predictions, name, dimension)),
  }));
}

function best(predictions: SampleDetail['predictions'], model: string, dimension: string): Answer | null {
  let found: Answer | null = null;
  for (const prediction of predictions) {
    if (prediction.model !== model || prediction.dimension !== dimension) continue;
    if (!found || prediction.score > found.score) found = prediction;
  }
  return found;
}
