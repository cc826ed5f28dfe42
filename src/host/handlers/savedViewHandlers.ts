import type { Handlers } from '../../protocol/rpc';
import type { SavedView, savedViewApi } from '../../protocol/savedViewApi';
import { UserError } from '../../protocol/userError';
import { activeDataset, type ActiveDataset } from '../activeDataset';
import type { HostServices } from '../hostServices';
import { shownEmbedder } from '../models/shownEmbedder';
import { offerLayout } from '../offerLayout';

/** Completion and saved views, for the active dataset. */
export function savedViewHandlers(services: HostServices): Handlers<typeof savedViewApi> {
  const { registry, choices, readiness, log } = services;

  /** The map follows only where that model has embedded something: it would be empty else. */
  async function showMapOf({ dataset }: ActiveDataset, { settings: { mapModel } }: SavedView): Promise<void> {
    if (mapModel === null || mapModel === choices.map.name) return;
    const models = await dataset.embeddingModels();
    if (!models.some(({ model, count }) => model === mapModel && count > 0)) return;
    await choices.choose('map', { name: mapModel, title: await readiness.shelf.titleOf(mapModel) });
  }

  return {
    complete: async ({ text, cursor }) => {
      const { dataset } = await activeDataset(registry);
      return dataset.search.complete(text, cursor);
    },
    savedViews: async () => {
      const { session, dataset } = await activeDataset(registry);
      return { views: await dataset.search.savedViews(), inForce: session.filter.view };
    },
    saveView: async ({ name, replace, ...settings }) => {
      const { session, dataset } = await activeDataset(registry);
      if (session.filter.error) {
        throw new UserError(
          'filter-syntax',
          'The filter cannot be understood as it is written. Mend it in the side bar, then save the view.',
        );
      }
      const { text, picks } = session.filter.saved;
      const { settings: mapSettings } = await dataset.projections.state(await shownEmbedder(dataset, choices));
      const view = await dataset.search.saveView(name, { text, picks, mapSettings, ...settings }, replace);
      await session.updateFilter((filter) => (filter.view = view.id));
      return view;
    },
    applyView: async ({ id }) => {
      const active = await activeDataset(registry);
      const views = await active.dataset.search.savedViews();
      const view = views.find((each) => each.id === id);
      if (!view) throw new UserError('view-missing', 'This view was deleted. Choose another one.');
      await showMapOf(active, view);
      await active.session.updateFilter((filter) => filter.apply(view));
      const embedder = await shownEmbedder(active.dataset, choices);
      // Not awaited: the message stays until the person closes it.
      offerLayout(services, active.session, active.dataset, embedder, view).catch((error: unknown) => {
        log.error('After a saved view was opened', error);
      });
      return view;
    },
    renameView: async ({ id, name }) => {
      const { dataset } = await activeDataset(registry);
      await dataset.search.renameView(id, name);
      return null;
    },
    deleteView: async ({ id }) => {
      const { dataset } = await activeDataset(registry);
      await dataset.search.deleteView(id);
      return null;
    },
  };
}
