import { createHash } from 'node:crypto';
import type { ModelManifest } from '../../protocol/modelManifest';
import { UserError } from '../../protocol/userError';
import type { Dimension } from '../../protocol/vocabulary';
import type { AskedDimension } from '../../protocol/workerApi';

/**
 * What to ask a model.
 * @param names which dimensions; by default those that the built-in tagger does not answer
 * @throws UserError `dimension-unknown` for a name that is no question of this vocabulary.
 */
export function askedDimensions(vocabulary: readonly Dimension[], names?: readonly string[]): AskedDimension[] {
  const questions = vocabulary.filter(({ question }) => question !== undefined);
  const wanted = names ?? questions.filter(({ builtin }) => !builtin).map(({ name }) => name);
  return wanted.map((wantedName) => {
    const found = questions.find(({ name }) => name === wantedName.trim().toLowerCase());
    if (!found) {
      const known = questions.map(({ name }) => name).join(', ');
      throw new UserError('dimension-unknown', `There is no question "${wantedName}". A model can be asked: ${known}.`);
    }
    const answers = found.answers!.map(({ tag, text, prompts }) => ({ tag, text, prompts: [...prompts] }));
    return { name: found.name, question: found.question!, answers };
  });
}

/** What to ask a model with labels of its own: the dimensions that it sorts them into, by its manifest. */
export function labelDimensions({ labelThresholds = {} }: ModelManifest): AskedDimension[] {
  return Object.keys(labelThresholds).map((name) => ({ name, question: '', answers: [] }));
}

/** Changes with the question and with any word of its answers, so that only what has changed is asked again. */
export function vocabularyVersion({ question, answers }: AskedDimension): string {
  const words = [question, ...answers.map(({ tag, text, prompts }) => [tag, text, ...prompts])];
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 12);
}
