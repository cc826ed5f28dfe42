import type { mapLayoutApi } from '../../protocol/mapLayoutApi';
import { DEFAULT_MAP_SETTINGS } from '../../protocol/mapSettings';
import type { Handlers } from '../../protocol/rpc';
import { activeDataset } from '../activeDataset';
import type { HostServices } from '../hostServices';

/** How maps of the active dataset are laid out. */
export function mapLayoutHandlers(services: HostServices): Handlers<typeof mapLayoutApi> {
  const { registry } = services;
  return {
    mapSettings: async ({ embedder }) => {
      const { dataset } = await activeDataset(registry);
      const [chosen, state] = await Promise.all([
        dataset.projections.chosenSettings(embedder),
        dataset.projections.state(embedder),
      ]);
      const { settings: laidOut, provisional, placed, waiting } = state;
      return { chosen: chosen ?? DEFAULT_MAP_SETTINGS, laidOut, provisional, placed, waiting };
    },
    layOutMap: async ({ embedder, settings }) => {
      const { session } = await activeDataset(registry);
      services.layOutMap(session, embedder, settings);
      return null;
    },
  };
}
