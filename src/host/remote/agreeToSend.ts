import * as vscode from 'vscode';
import type { DatasetLocation } from '../../core/datasetLocation';
import { hasConsent, rememberConsent } from '../../core/remote/consent';
import type { Endpoint } from '../../core/remote/endpoint';
import { consentDetail, costDetail, isWorthAsking, sendingQuestion, type Sending } from './sendingWords';

const SEND = 'Send Images';

/**
 * Has a person agree to what is about to be sent: the first time to this dataset's images being sent to this host, which
 * is remembered; afterwards only to a run that costs money or is large. Nothing of it concerns loopback but the cost.
 * @throws UserError `consent-unwritable`
 */
export async function agreeToSend(location: DatasetLocation, endpoint: Endpoint, sending: Sending): Promise<boolean> {
  const isKnown = await hasConsent(location, endpoint);
  if (isKnown && !isWorthAsking(sending.estimate)) return true;
  const detail = isKnown ? costDetail(sending) : consentDetail(sending);
  const question = sendingQuestion(sending);
  const answer = isKnown
    ? await vscode.window.showInformationMessage(question, { modal: true, detail }, SEND)
    : await vscode.window.showWarningMessage(question, { modal: true, detail }, SEND);
  if (answer !== SEND) return false;
  if (!isKnown) await rememberConsent(location, endpoint);
  return true;
}
