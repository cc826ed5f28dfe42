import { NO_ANSWER } from '../../../src/protocol/vocabulary';
import type { SampleDetail } from '../../../src/protocol/viewApi';
import { compareAnswers } from './compareAnswers';
import { formatScore, sourceName } from './detailWords';

type Said = Pick<SampleDetail, 'tagDetails' | 'decisions' | 'predictions' | 'models' | 'dimensions'>;

/**
 * Where a person and a model, or two models, say different things of an image, one sentence each: another answer to a
 * question, or a tag that a person keeps away although a model sees it. What stays below its threshold is not said.
 */
export function disagreements(detail: Said): string[] {
  return [...differentAnswers(detail), ...contradicted(detail)];
}

function differentAnswers(detail: Said): string[] {
  const { models, dimensions, tagDetails } = detail;
  return compareAnswers(detail).flatMap(({ dimension, answers }) => {
    const title = dimensions.find(({ name }) => name === dimension)?.title ?? dimension;
    const yours = tagDetails.filter(({ source, dimension: about }) => source === 'person' && about === dimension);
    const said = [
      ...yours.map(({ tag }) => ({ tag, words: `you say ${tag}` })),
      ...models.flatMap(({ name }, index) => {
        const answer = answers[index];
        if (!answer || answer.tag === NO_ANSWER || answer.score < answer.threshold) return [];
        const words = `${sourceName(name, models)} says ${answer.tag} (${formatScore(answer.score)})`;
        return [{ tag: answer.tag, words }];
      }),
    ];
    const differ = new Set(said.map(({ tag }) => tag)).size > 1;
    return differ ? [`${title}: ${said.map(({ words }) => words).join(', ')}.`] : [];
  });
}

/** The dimension does not matter: a model may have the tag elsewhere than the person. */
function contradicted({ decisions, predictions, models, dimensions }: Said): string[] {
  const questions = new Set(dimensions.flatMap(({ name, multiple }) => (multiple ? [] : [name])));
  return decisions.flatMap(({ tag, action }) => {
    if (action !== 'rejected' && action !== 'removed') return [];
    const sure = predictions.filter(
      (said) => said.tag === tag && said.tag !== NO_ANSWER && said.score >= said.threshold,
    );
    const first = sure.find((said) => !questions.has(said.dimension) || isBest(said, predictions));
    if (!first) return [];
    const by = sourceName(first.model, models);
    return [`You keep “${tag}” away, ${by} says it with ${formatScore(first.score)}.`];
  });
}

function isBest(said: SampleDetail['predictions'][number], predictions: SampleDetail['predictions']): boolean {
  return predictions.every(
    (other) => other.model !== said.model || other.dimension !== said.dimension || other.score <= said.score,
  );
}
