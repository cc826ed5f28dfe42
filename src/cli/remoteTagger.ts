import type { DatasetLocation } from '../core/datasetLocation';
import type { RemoteTagOptions, RemoteTagOutcome } from '../core/jobs/remoteTagJob';
import { API_KEY_VARIABLE, readApiKey, requireApiKey } from '../core/remote/apiKey';
import { requireConsent } from '../core/remote/consent';
import { parseEndpoint } from '../core/remote/endpoint';
import { loadProtocol } from '../core/remote/loadProtocol';
import { remoteModelName } from '../core/remote/remoteModelName';
import { dimensionsAsked } from '../core/remote/remoteServer';
import { askedDimensions } from '../core/vocabulary/questions';
import type { RemoteManifest } from '../protocol/remoteManifest';
import type { Dimension } from '../protocol/vocabulary';
import type { UsedModelFacts } from './jobText';
import type { CommandLine } from './parseArguments';
import { proxyFetch } from './proxyFetch';

/**
 * The remote provider that a command line names, with consent to send images there; null where it names none.
 * @param manifests the providers that there are
 * @throws UserError `endpoint-invalid`, `api-key-invalid`, `api-key-missing`, `consent-missing`, `dimension-unknown`,
 * `proxy-invalid`
 */
export async function chooseRemoteTagger(
  { remote, ask, providers }: CommandLine,
  manifests: readonly RemoteManifest[],
  vocabulary: readonly Dimension[],
  location: DatasetLocation,
): Promise<RemoteTagOptions | null> {
  const manifest = manifests.find(({ name }) => providers.includes(name));
  if (!remote || !manifest) return null;
  const { model, consent, timeoutMs, perMinute, concurrency, budget, price, options = {} } = remote;
  const endpoint = parseEndpoint(remote.endpoint);
  const apiKey = readApiKey(process.env);
  Reflect.deleteProperty(process.env, API_KEY_VARIABLE); // processes that are started from here have no use for it
  const dimensions = dimensionsAsked(manifest, askedDimensions(vocabulary, ask ?? undefined));
  if (manifest.needsKey) requireApiKey(apiKey, manifest.title);
  await requireConsent(location, endpoint, consent, manifest.longSide);
  const protocol = await loadProtocol(manifest);
  return {
    server: {
      manifest,
      protocol,
      endpoint,
      model,
      apiKey,
      options,
      timeoutMs,
      fetch: await proxyFetch(endpoint, process.env),
    },
    limits: { perMinute, concurrency, budget, price },
    dimensions,
  };
}

/** What a remote provider has done, as `models` tells it. */
export function usedRemote({ server }: RemoteTagOptions, { processed }: RemoteTagOutcome): UsedModelFacts {
  const { host } = server.endpoint;
  return {
    ...{ name: remoteModelName(server.manifest, server.model), revision: server.protocol.revision, dtype: 'remote' },
    ...{ device: processed > 0 ? host : null, fallback: null, processed },
  };
}
