import * as vscode from 'vscode';
import * as v from 'valibot';

const SETTING = 'tagKeys';
const Keys = v.record(v.string(), v.unknown());

/** Which key gives which tag in the grid, as the settings of a dataset's folder say; what cannot be a key is left out. */
export function tagKeys(folder: vscode.Uri): Record<string, string> {
  const set = v.safeParse(Keys, vscode.workspace.getConfiguration('datavisor', folder).get(SETTING));
  if (!set.success) return {};
  const known = Object.entries(set.output).filter(
    (entry): entry is [string, string] =>
      /^[0-9a-z]$/.test(entry[0]) && typeof entry[1] === 'string' && entry[1] !== '',
  );
  return Object.fromEntries(known);
}

/** Gives a tag a key, or (null) takes the key back, in the settings of the folder where there are any, else the user's. */
export async function setTagKey(folder: vscode.Uri, key: string, tag: string | null): Promise<void> {
  const settings = vscode.workspace.getConfiguration('datavisor', folder);
  const { [key]: _, ...others } = tagKeys(folder);
  const keys = tag === null ? others : { ...others, [key]: tag };
  await settings.update(SETTING, keys, scopeOf(folder));
}

/** A folder of the workspace has settings of its own; one that was opened beside it has the user's. */
function scopeOf(folder: vscode.Uri): vscode.ConfigurationTarget {
  if (!vscode.workspace.getWorkspaceFolder(folder)) return vscode.ConfigurationTarget.Global;
  return vscode.workspace.workspaceFile
    ? vscode.ConfigurationTarget.WorkspaceFolder
    : vscode.ConfigurationTarget.Workspace;
}
