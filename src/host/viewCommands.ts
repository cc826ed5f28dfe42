import * as vscode from 'vscode';
import type { HostServices } from './hostServices';

type ViewCommand = Parameters<HostServices['runCommand']>[0];

const onActive =
  (command: string) =>
  async (registry: HostServices['registry']): Promise<void> => {
    // Not awaited: a run lasts long, and its own notification tells how it goes.
    void vscode.commands.executeCommand(command, registry.active?.uri);
  };

/** What the buttons of the views do: the commands of the palette, on the dataset that is shown. */
export const viewCommands: Record<ViewCommand, (registry: HostServices['registry']) => Promise<void>> = {
  autoTag: onActive('datavisor.autoTag'),
  index: onActive('datavisor.indexFolder'),
  embedAndMap: onActive('datavisor.embedAndMap'),
  findAlike: onActive('datavisor.findAlike'),
  openPanel: onActive('datavisor.openDataset'),
  cancel: onActive('datavisor.cancel'),
  openFolder: onActive('workbench.action.files.openFolder'),
  chooseProvider: onActive('datavisor.chooseProvider'),
  manageModels: onActive('datavisor.manageModels'),
};
