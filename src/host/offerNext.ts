import * as vscode from 'vscode';
import type { JobOutcome } from '../core/jobs/jobContext';
import type { PanelTabName } from '../protocol/viewShapes';
import type { DatasetSession } from './datasetSession';

export type OpenPanel = (session: DatasetSession, tab?: PanelTabName) => Promise<void>;

/** Says how a run ended and offers to look at what came of it. The message stays until the person closes it. */
export async function offerNext(
  session: DatasetSession,
  outcome: JobOutcome,
  message: string,
  openPanel: OpenPanel,
): Promise<void> {
  const open = 'Open Dataset';
  const failures = 'Show Failures';
  const choices = outcome.failed.length > 0 ? [open, failures] : [open];
  const choice = await vscode.window.showInformationMessage(`DataVisor: ${message}`, ...choices);
  if (choice === open) await openPanel(session);
  else if (choice === failures) await showFailures(session, openPanel);
}

/** In the grid, or where others have answered for them all, in the list of what each provider failed at. */
async function showFailures(session: DatasetSession, openPanel: OpenPanel): Promise<void> {
  if (session.summary.counts?.failed === 0) return openPanel(session, 'runs');
  await session.updateFilter((filter) => {
    filter.clear();
    filter.setPick('status', 'failed', true);
  });
  await openPanel(session);
}
