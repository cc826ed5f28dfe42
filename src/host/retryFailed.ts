import { BUILTIN } from './models/builtinModels';
import type { ModelReadiness, ReadyModel } from './models/modelReadiness';
import { isMissing } from './models/ownFolders';
import type { DatasetSession } from './datasetSession';
import type { Runs } from './runs';

export interface RetryServices {
  readonly runs: Runs;
  readonly readiness: ModelReadiness;
}

/**
 * Starts a run that tries what failed once more, of one provider or (null) of all whose files are on this machine. The
 * run goes on when this resolves, and shows how it went itself.
 * @throws UserError `model-missing`, `model-unknown` for a provider that is named
 */
export async function retryFailed(
  services: RetryServices,
  session: DatasetSession,
  provider: string | null,
): Promise<void> {
  const { runs, readiness } = services;
  const models = provider === null ? await failedModels(services, session) : await named(readiness, provider);
  const builtin = provider === null || provider === BUILTIN.name;
  void runs.start(session, { kind: 'retry', builtin, models }); // it reports its failures itself
}

async function named(readiness: ModelReadiness, provider: string): Promise<ReadyModel[]> {
  return provider === BUILTIN.name ? [] : [await readiness.find(provider)];
}

async function failedModels({ readiness }: RetryServices, session: DatasetSession): Promise<ReadyModel[]> {
  const dataset = await session.openIfIndexed();
  const { providers } = (await dataset?.runHistory.providerStatus()) ?? { providers: [] };
  const names = providers.filter(({ name, failed }) => failed > 0 && name !== BUILTIN.name).map(({ name }) => name);
  const found = await Promise.all(
    names.map((name) =>
      readiness.find(name).catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      }),
    ),
  );
  return found.filter((model) => model !== null);
}
