import type { Dataset } from '../../core/dataset';
import type { SampleFilter } from '../../core/sampleFilter';
import type { Handlers } from '../../protocol/rpc';
import type { reviewApi } from '../../protocol/reviewApi';
import type { NamedModel } from '../../protocol/viewShapes';
import { activeDataset } from '../activeDataset';
import type { HostServices } from '../hostServices';
import { modelTitles } from '../models/modelTitles';

/** Review, for the active dataset. */
export function reviewHandlers({ registry, readiness, remote }: HostServices): Handlers<typeof reviewApi> {
  /** `filter` null: all samples. */
  async function within(
    filtered: boolean,
  ): Promise<{ dataset: Dataset; revision: number; filter: SampleFilter | null }> {
    const { session, dataset, revision } = await activeDataset(registry);
    return { dataset, revision, filter: filtered ? session.filter.forQueries : null };
  }

  async function named(names: readonly string[]): Promise<NamedModel[]> {
    const titleOf = await modelTitles(readiness.shelf, remote);
    return names.map((name) => ({ name, title: titleOf(name) }));
  }

  return {
    reviewTags: async ({ provider, filtered }) => {
      const { dataset, revision, filter } = await within(filtered);
      const { providers, ...rest } = await dataset.review.tags({ provider, filter });
      return { revision, ...rest, providers: await named(providers) };
    },
    reviewItems: async ({ tag, provider, filtered, order }) => {
      const { dataset, revision, filter } = await within(filtered);
      const { providerNames, ...rest } = await dataset.review.items({ tag, provider, filter, order });
      return { revision, ...rest, providerNames: await named(providerNames) };
    },
    decideItems: async (decisions) => {
      const { dataset } = await activeDataset(registry);
      return dataset.tagging.decideEach(decisions);
    },
    decideByConfidence: async ({ tag, provider, filtered, action, confidence }) => {
      const { dataset, filter } = await within(filtered);
      return dataset.review.decideByConfidence({ tag, provider, filter, action, confidence });
    },
    scores: async ({ provider, dimension, tag, filtered }) => {
      const { dataset, revision, filter } = await within(filtered);
      return { revision, ...(await dataset.review.scores({ provider, dimension, tag, filter })) };
    },
    acceptance: async () => {
      const { dataset } = await activeDataset(registry);
      const rows = await dataset.review.acceptance();
      const names = await named(rows.map(({ provider }) => provider));
      return rows.map((row, index) => ({ ...row, provider: names[index] }));
    },
  };
}
