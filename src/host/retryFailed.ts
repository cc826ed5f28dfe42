import { UserError } from '../protocol/userError';
import { BUILTIN } from './models/builtinModels';
import type { ModelReadiness } from './models/modelReadiness';
import type { DatasetSession } from './datasetSession';
import type { RemoteProviders } from './remote/remoteProviders';
import type { ReadyProvider } from './runJobs';
import type { Runs } from './runs';

export interface RetryServices {
  readonly runs: Runs;
  readonly readiness: ModelReadiness;
  readonly remote: RemoteProviders;
}

/**
 * Starts a run that tries what failed once more, of one provider or (null) of all whose files are on this machine and all
 * remote ones that are set up here. The run goes on when this resolves, and shows how it went itself.
 * @throws UserError `model-missing`, `model-unknown` for a provider that is named; those of `RemoteProviders.find`
 */
export async function retryFailed(
  services: RetryServices,
  session: DatasetSession,
  provider: string | null,
): Promise<void> {
  const { runs } = services;
  const models = provider === null ? await failedModels(services, session) : await named(services, provider);
  const builtin = provider === null || provider === BUILTIN.name;
  void runs.start(session, { kind: 'retry', builtin, models }); // it reports its failures itself
}

async function named(services: RetryServices, provider: string): Promise<ReadyProvider[]> {
  return provider === BUILTIN.name ? [] : [await find(services, provider)];
}

async function find({ readiness, remote }: RetryServices, provider: string): Promise<ReadyProvider> {
  return (await remote.isRemote(provider)) ? remote.find(provider) : readiness.find(provider);
}

/** Why one of several is left out without a word. */
const NOT_HERE = ['model-missing', 'model-unknown', 'remote-unknown', 'workspace-untrusted'];

async function failedModels(services: RetryServices, session: DatasetSession): Promise<ReadyProvider[]> {
  const dataset = await session.openIfIndexed();
  const { providers } = (await dataset?.runHistory.providerStatus()) ?? { providers: [] };
  const names = providers.filter(({ name, failed }) => failed > 0 && name !== BUILTIN.name).map(({ name }) => name);
  const found = await Promise.all(
    names.map((name) =>
      find(services, name).catch((error: unknown) => {
        if (error instanceof UserError && NOT_HERE.includes(error.code)) return null;
        throw error;
      }),
    ),
  );
  return found.filter((model) => model !== null);
}
