import type { DatasetLocation } from '../core/datasetLocation';
import type { RemoteTagOptions, RemoteTagOutcome } from '../core/jobs/remoteTagJob';
import { API_KEY_VARIABLE, readApiKey } from '../core/remote/apiKey';
import { PROMPT_REVISION } from '../core/remote/chatRequest';
import { requireConsent } from '../core/remote/consent';
import { parseEndpoint } from '../core/remote/endpoint';
import { remoteModelName } from '../core/remote/remoteModelName';
import { askedDimensions } from '../core/vocabulary/questions';
import type { Dimension } from '../protocol/vocabulary';
import type { UsedModelFacts } from './jobText';
import type { CommandLine } from './parseArguments';

/**
 * The remote provider that a command line names, with consent to send images there; null where it names none.
 * @throws UserError `endpoint-invalid`, `api-key-invalid`, `consent-missing`, `dimension-unknown`
 */
export async function chooseRemoteTagger(
  { remote, ask }: CommandLine,
  vocabulary: readonly Dimension[],
  location: DatasetLocation,
): Promise<RemoteTagOptions | null> {
  if (!remote) return null;
  const { model, consent, timeoutMs, perMinute, concurrency, budget, price } = remote;
  const endpoint = parseEndpoint(remote.endpoint);
  const apiKey = readApiKey(process.env);
  Reflect.deleteProperty(process.env, API_KEY_VARIABLE); // processes that are started from here have no use for it
  const dimensions = askedDimensions(vocabulary, ask ?? undefined);
  await requireConsent(location, endpoint, consent);
  return {
    server: { endpoint, model, apiKey, timeoutMs },
    limits: { perMinute, concurrency, budget, price },
    dimensions,
  };
}

/** What a remote provider has done, as `models` tells it. */
export function usedRemote({ server }: RemoteTagOptions, { processed }: RemoteTagOutcome): UsedModelFacts {
  const { host } = server.endpoint;
  return {
    name: remoteModelName(server.model),
    ...{ revision: PROMPT_REVISION, dtype: 'remote', device: processed > 0 ? host : null, fallback: null, processed },
  };
}
