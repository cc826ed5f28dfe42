import * as vscode from 'vscode';
import { byteSize } from '../../protocol/byteSize';
import { downloadFolder } from '../../core/models/modelFolders';
import { filesOf, hasWeights, variantsFor } from '../../core/models/modelVariant';
import type { ModelManifest } from '../../protocol/modelManifest';
import type { DeviceKind } from './modelVariant';

/**
 * How to get a model where there is no network: which files, from where and to which place.
 * @param root the folder that models are downloaded to
 */
export function offlineText(manifest: ModelManifest, device: DeviceKind, root: string): string {
  if (!hasWeights(manifest)) return '';
  const { repository, revision } = manifest.weights;
  const [variant] = variantsFor(manifest, { device });
  const files = filesOf(manifest, variant).map(
    ({ path, size, optional }) =>
      `  ${path}${size === null ? '' : ` (${byteSize(size)})`}${optional ? ' (where there is one)' : ''}`,
  );
  return [
    `On a computer with a network, get these files of https://huggingface.co/${repository} (revision ${revision}):`,
    ...files,
    `Put them into ${downloadFolder(root, manifest.weights)}, with the folders in their names; or anywhere, and choose “Use a Folder…”. A company’s mirror is set by datavisor.modelEndpoint.`,
  ].join('\n');
}

/** Shows the same, with the list of models to go on from. */
export async function showOfflineHelp(manifest: ModelManifest, device: DeviceKind, root: string): Promise<void> {
  const copy = 'Copy';
  const manage = 'Manage Models';
  const detail = offlineText(manifest, device, root);
  const text = `Getting ${manifest.title} without a network`;
  const choice = await vscode.window.showInformationMessage(text, { modal: true, detail }, copy, manage);
  if (choice === copy) await vscode.env.clipboard.writeText(detail);
  else if (choice === manage) await vscode.commands.executeCommand('datavisor.manageModels');
}
