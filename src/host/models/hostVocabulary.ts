import * as vscode from 'vscode';
import type { Dimension } from '../../protocol/vocabulary';

const NAME = 'datavisor.vocabulary';

/**
 * The vocabulary of a dataset: what is built in, what the setting adds and, in a workspace that is trusted, what the
 * folder's own file adds.
 * @throws UserError `vocabulary-invalid`
 */
export async function hostVocabulary(folder: vscode.Uri): Promise<readonly Dimension[]> {
  const setting = { name: `the setting ${NAME}`, value: vscode.workspace.getConfiguration('', folder).get(NAME) };
  if (vscode.workspace.isTrusted) {
    const { loadVocabulary } = await import('../../core/vocabulary/loadVocabulary');
    return loadVocabulary(folder.fsPath, setting);
  }
  const [{ mergeVocabulary }, { parseUserVocabulary }] = await Promise.all([
    import('../../core/vocabulary/mergeVocabulary'),
    import('../../core/vocabulary/userVocabulary'),
  ]);
  return mergeVocabulary(setting.value === undefined ? [] : [parseUserVocabulary(setting.value, setting.name)]);
}
