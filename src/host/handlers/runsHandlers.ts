import type { Handlers } from '../../protocol/rpc';
import type { runsApi } from '../../protocol/runsApi';
import type { NamedModel } from '../../protocol/viewApi';
import { activeDataset } from '../activeDataset';
import type { HostServices } from '../hostServices';
import { BUILTIN } from '../models/builtinModels';
import { modelTitles } from '../models/modelTitles';

/** Duplicates are found, not asked for: nobody waits for them or tries them again. */
const NO_PROVIDERS: readonly string[] = ['duplicates'];

/** Runs and failures, for the active dataset. */
export function runsHandlers(services: HostServices): Handlers<typeof runsApi> {
  const { registry, choices, readiness, remote } = services;

  async function named(): Promise<(name: string) => NamedModel> {
    const titleOf = await modelTitles(readiness.shelf, remote);
    return (name) => ({ name, title: titleOf(name) });
  }

  return {
    providerStatus: async () => {
      const { dataset, revision } = await activeDataset(registry);
      const expected = [BUILTIN, ...choices.providers];
      const [{ providers, unreadable }, name] = await Promise.all([
        dataset.runHistory.providerStatus(expected),
        named(),
      ]);
      const asked = providers.filter((provider) => !NO_PROVIDERS.includes(provider.name));
      const builtinFirst = (provider: { name: string }) => (provider.name === BUILTIN.name ? 0 : 1);
      return {
        revision,
        providers: asked
          .sort((a, b) => builtinFirst(a) - builtinFirst(b))
          .map((provider) => ({ ...provider, ...name(provider.name) })),
        unreadable,
      };
    },
    failures: async (page) => {
      const { dataset } = await activeDataset(registry);
      const [{ total, rows }, name] = await Promise.all([dataset.runHistory.failures(page), named()]);
      return {
        total,
        rows: rows.map((row) => ({ ...row, provider: row.provider === null ? null : name(row.provider) })),
      };
    },
    retryFailed: async ({ provider }) => {
      const { session } = await activeDataset(registry);
      await services.retryFailed(session, provider);
      return null;
    },
    runHistory: async (page) => {
      const { dataset, revision } = await activeDataset(registry);
      const [{ total, runs }, name] = await Promise.all([dataset.runHistory.list(page), named()]);
      return {
        revision,
        total,
        runs: runs.map((run) => ({ ...run, model: run.model === null ? null : name(run.model) })),
      };
    },
    previewUndoRun: async ({ id }) => {
      const { dataset } = await activeDataset(registry);
      return dataset.runHistory.previewUndo(id);
    },
    undoRun: async ({ id }) => {
      const { dataset } = await activeDataset(registry);
      await dataset.runHistory.undo(id);
      return null;
    },
    restoreRun: async ({ id }) => {
      const { dataset } = await activeDataset(registry);
      await dataset.runHistory.restore(id);
      return null;
    },
  };
}
