import * as vscode from 'vscode';
import type { Operation } from '../protocol/tagApi';
import { activeDataset } from './activeDataset';
import { addTag } from './addTag';
import type { CommandServices } from './commandServices';
import { exportDecisions } from './exportDecisions';
import { plural } from './words';

/** Takes back, or does again, what a person did to tags last, and says what that was. */
export async function stepInHistory({ registry }: CommandServices, step: 'undo' | 'redo'): Promise<void> {
  const { dataset } = await activeDataset(registry);
  const operation: Operation | null = await dataset.tagging[step]();
  const verb = step === 'undo' ? 'Undone' : 'Redone';
  void vscode.window.setStatusBarMessage(
    operation ? `DataVisor: ${verb}: ${operation.title}` : `DataVisor: nothing to ${step}`,
    6000,
  );
}

/** @param tag asked for when it is not given */
export async function addTagCommand({ registry, panel }: CommandServices, tag: string | undefined): Promise<void> {
  const { session } = await activeDataset(registry);
  const outcome = await addTag(session, await panel.selectedImages(), tag);
  if (outcome !== null) vscode.window.setStatusBarMessage(`DataVisor: ${outcome}`, 6000);
}

export async function exportDecisionsCommand({ registry }: CommandServices): Promise<void> {
  const { dataset } = await activeDataset(registry);
  const written = await exportDecisions(dataset);
  if (written) {
    void vscode.window.showInformationMessage(
      `DataVisor: wrote ${plural(written.decisions, 'decision')} to ${written.file}.`,
    );
  }
}
