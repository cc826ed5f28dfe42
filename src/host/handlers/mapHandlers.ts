import type { mapApi } from '../../protocol/mapApi';
import type { Handlers } from '../../protocol/rpc';
import { activeDataset } from '../activeDataset';
import type { HostServices } from '../hostServices';
import { shownEmbedder } from '../models/shownEmbedder';

/** Colours and clusters of the map of the active dataset. */
export function mapHandlers({ registry, choices }: HostServices): Handlers<typeof mapApi> {
  return {
    pointColors: async ({ colorBy }) => {
      const { dataset, revision } = await activeDataset(registry);
      const colors = await dataset.map.colors(await shownEmbedder(dataset, choices), colorBy);
      return { revision, colors: colors.kind === 'labels' ? { ...colors, labels: [...colors.labels] } : colors };
    },
    clusters: async () => {
      const { dataset, revision } = await activeDataset(registry);
      const { assignments, clusters } = await dataset.map.clusters(await shownEmbedder(dataset, choices));
      return { revision, assignments, clusters: [...clusters] };
    },
  };
}
