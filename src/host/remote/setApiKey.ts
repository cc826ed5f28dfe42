import * as vscode from 'vscode';
import type { NamedModel } from '../../protocol/viewApi';
import { keyPlaces, type KeyPlace } from './keyPlaces';
import { whyNoKey } from './remoteChecks';
import type { RemoteProviders } from './remoteProviders';

/** Asks for the key of a remote provider, which goes to the system's key store and nowhere else. */
export async function setApiKey(providers: RemoteProviders, chosen: readonly NamedModel[]): Promise<void> {
  const place = await choosePlace(keyPlaces(await providers.catalog(), providers.configs.all, chosen));
  if (!place) return;
  const { manifest, host } = place;
  const isThere = (await providers.keys.of(manifest.name, host)) !== null;
  const key = await vscode.window.showInputBox({
    title: `Key of ${manifest.title} for ${host}`,
    prompt: `It is kept in the system’s key store. ${isThere ? 'There is one; leave it empty to forget it.' : ''}`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => whyNoKey(text.trim(), false),
  });
  if (key === undefined) return;
  await providers.keys.set(manifest.name, host, key.trim());
  void vscode.window.showInformationMessage(
    key.trim() === '' ? `DataVisor: There is no key for ${host} now.` : `DataVisor: The key for ${host} is stored.`,
  );
}

async function choosePlace(places: readonly KeyPlace[]): Promise<KeyPlace | undefined> {
  const items = places.map((place) => ({ label: place.manifest.title, description: place.host, place }));
  const picked = await vscode.window.showQuickPick(items, {
    ...{ title: 'Whose key?', ignoreFocusOut: true, matchOnDescription: true },
    placeHolder: 'Others are listed once they were chosen in “DataVisor: Choose Provider”.',
  });
  return picked?.place;
}
