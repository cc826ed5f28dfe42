import type * as vscode from 'vscode';
import type { ModelManifest } from '../../protocol/modelManifest';
import type { ModelQuestions } from '../../protocol/workerApi';
import { hostVocabulary } from './hostVocabulary';
import { writingSettings } from './modelSettings';

/**
 * What a model is asked about the images of a folder, by the vocabulary, the settings and what it can do.
 * @throws UserError `vocabulary-invalid`
 */
export async function askedQuestions(folder: vscode.Uri, { weights }: ModelManifest): Promise<ModelQuestions> {
  const { askedDimensions } = await import('../../core/vocabulary/questions');
  const { freeTags, captions } = writingSettings();
  const abilities = weights?.abilities ?? [];
  return {
    dimensions: abilities.includes('vocabulary') ? askedDimensions(await hostVocabulary(folder)) : [],
    freeTags: abilities.includes('free-tags') ? freeTags : 0,
    caption: abilities.includes('caption') && captions,
    vector: abilities.includes('embed-images'),
  };
}
