import type { ModelManifest } from '../../protocol/modelManifest';
import type { Dimension } from '../../protocol/vocabulary';
import type { ModelQuestions } from '../../protocol/workerApi';
import { writingSettings } from './modelSettings';

/** What a model is asked, by the dataset's vocabulary, the settings and what it can do. */
export async function askedQuestions(
  vocabulary: readonly Dimension[],
  manifest: ModelManifest,
): Promise<ModelQuestions> {
  const { askedDimensions, labelDimensions } = await import('../../core/vocabulary/questions');
  const { freeTags, captions } = writingSettings();
  const abilities = manifest.weights?.abilities ?? [];
  return {
    dimensions: [
      ...(abilities.includes('vocabulary') ? askedDimensions(vocabulary) : []),
      ...(abilities.includes('labels') ? labelDimensions(manifest) : []),
    ],
    freeTags: abilities.includes('free-tags') ? freeTags : 0,
    caption: abilities.includes('caption') && captions,
    vector: abilities.includes('embed-images'),
  };
}
