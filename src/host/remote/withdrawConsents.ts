import * as vscode from 'vscode';
import { consentedHosts, withdrawConsent } from '../../core/remote/consent';
import type { DatasetSession } from '../datasetSession';
import type { Runs } from '../runs';

/**
 * Has the person choose which hosts this dataset's images are sent to no more until they agree again. A run under way is
 * cancelled: it may be sending to one of them.
 * @throws UserError `consent-unwritable`
 */
export async function withdrawConsents(session: DatasetSession, runs: Runs): Promise<void> {
  const location = await session.locate();
  const hosts = await consentedHosts(location);
  if (hosts.length === 0) {
    await vscode.window.showInformationMessage(
      `DataVisor: You have agreed to sending images of ${session.name} to no host. Servers on this computer need no consent.`,
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(
    hosts.map((label) => ({ label, picked: true })),
    {
      ...{ title: `Images of ${session.name} may be sent to these hosts`, canPickMany: true, ignoreFocusOut: true },
      placeHolder: 'Those that are marked may get none from now on.',
    },
  );
  if (!picked || picked.length === 0) return;
  runs.cancel(session);
  const withdrawn = picked.map(({ label }) => label);
  await withdrawConsent(location, withdrawn);
  void vscode.window.showInformationMessage(
    `DataVisor: Images of ${session.name} are sent to ${withdrawn.join(', ')} no more, until you agree again.`,
  );
}
