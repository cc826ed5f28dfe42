import * as vscode from 'vscode';
import { parseEndpoint } from '../../core/remote/endpoint';
import { remoteModelName } from '../../core/remote/remoteModelName';
import type { NamedModel } from '../../protocol/viewApi';
import type { RemoteManifest } from '../../protocol/remoteManifest';
import { askInSteps, type InputStep } from '../inputSteps';
import { endpointWarning, whyNoEndpoint, whyNoKey, whyNoModel } from './remoteChecks';
import type { RemoteProviders } from './remoteProviders';
import { remoteTitle } from './remoteTitles';

/**
 * Asks for what a remote provider needs that is not known yet: its address, its model, its key. All of it is kept
 * together at the end, or nothing.
 * @returns the provider, `back` to what was shown before, or null when it is dismissed
 */
export async function setUpRemote(
  providers: RemoteProviders,
  manifest: RemoteManifest,
): Promise<NamedModel | 'back' | null> {
  const before = providers.configs.last(manifest.name);
  const answers = await askInSteps(manifest.title, async (known) => {
    if (manifest.endpoint === null && !known.has('endpoint')) return endpointStep(manifest, before?.endpoint);
    if (manifest.model !== null && !known.has('model')) return modelStep(manifest, manifest.model, before?.model);
    const { host } = parseEndpoint(manifest.endpoint ?? known.get('endpoint') ?? '');
    const hasKey = known.has('key') || (await providers.keys.of(manifest.name, host)) !== null;
    return hasKey ? null : keyStep(manifest, host);
  });
  if (answers === null || answers === 'back') return answers;
  const endpoint = manifest.endpoint ?? answers.get('endpoint') ?? '';
  const model = answers.get('model') ?? '';
  const key = answers.get('key');
  if (key !== undefined) await providers.keys.set(manifest.name, parseEndpoint(endpoint).host, key);
  const name = remoteModelName(manifest, model);
  await providers.configs.set(name, { provider: manifest.name, endpoint, model });
  return { name, title: remoteTitle(manifest, model) };
}

function endpointStep({ endpointExample }: RemoteManifest, value = endpointExample): InputStep {
  return {
    ...{ name: 'endpoint', value, placeholder: endpointExample },
    prompt: 'Address of its API. Images go to this host and to no other.',
    check: (text) => whyNoEndpoint(text, endpointExample) ?? warning(endpointWarning(text)),
  };
}

function modelStep(manifest: RemoteManifest, what: string, value = ''): InputStep {
  const prompt = `Which model? It is ${what}.`;
  return { name: 'model', value, prompt, check: (text) => whyNoModel(text, manifest) ?? undefined };
}

/** What is typed goes to the system's key store and nowhere else. */
function keyStep({ needsKey }: RemoteManifest, host: string): InputStep {
  const rest = needsKey ? '' : ' Leave it empty where the server wants none.';
  return {
    ...{ name: 'key', password: true, prompt: `Key for ${host}. It is kept in the system’s key store.${rest}` },
    check: (text) => whyNoKey(text, needsKey) ?? undefined,
  };
}

function warning(message: string | null): vscode.InputBoxValidationMessage | undefined {
  return message === null ? undefined : { message, severity: vscode.InputBoxValidationSeverity.Warning };
}
