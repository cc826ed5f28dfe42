import type { Dataset } from '../../core/dataset';
import { VISUAL_LOOK } from './builtinModels';
import type { ModelChoices } from './modelChoices';

/** Whose map is shown of a dataset: the one asked for last, when that has embedded images of it. */
export async function shownEmbedder(dataset: Dataset, choices: ModelChoices): Promise<string> {
  const { name } = choices.map;
  if (name === VISUAL_LOOK.name) return name;
  const models = await dataset.embeddingModels();
  return models.some(({ model }) => model === name) ? name : VISUAL_LOOK.name;
}
