import type { Dataset } from '../../core/dataset';
import type { SampleFilter } from '../../core/sampleFilter';
import type { Handlers } from '../../protocol/rpc';
import type { reviewApi } from '../../protocol/reviewApi';
import type { NamedModel } from '../../protocol/viewShapes';
import { activeDataset } from '../activeDataset';
import type { HostServices } from '../hostServices';

/** Review, for the active dataset. */
export function reviewHandlers({ registry, readiness }: HostServices): Handlers<typeof reviewApi> {
  /** `filter` null: all samples. */
  async function within(
    filtered: boolean,
  ): Promise<{ dataset: Dataset; revision: number; filter: SampleFilter | null }> {
    const { session, dataset, revision } = await activeDataset(registry);
    return { dataset, revision, filter: filtered ? session.filter.forQueries : null };
  }

  const named = (names: readonly string[]): Promise<NamedModel[]> =>
    Promise.all(names.map(async (name) => ({ name, title: await readiness.shelf.titleOf(name) })));

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
      return Promise.all(
        rows.map(async ({ provider, ...row }) => ({
          ...row,
          provider: { name: provider, title: await readiness.shelf.titleOf(provider) },
        })),
      );
    },
  };
}
