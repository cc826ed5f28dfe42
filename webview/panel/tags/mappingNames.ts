import { VOCABULARY } from '../../../src/protocol/vocabulary';
import type { Client } from '../../../src/protocol/rpc';
import type { HostApi } from '../../../src/protocol/viewApi';

type Providers = Awaited<ReturnType<Client<HostApi>['policy']>>['providers'];

export interface MappingNames {
  /** What people call the providers, by their names. */
  readonly providers: ReadonlyMap<string, string>;
  /** That a mapped tag can be about. */
  readonly dimensions: readonly { readonly name: string; readonly title: string }[];
}

/** Dimensions of the vocabulary, then those that models speak of beside it. */
export function mappingNames(providers: Providers): MappingNames {
  const dimensions = new Map(VOCABULARY.map(({ name, title }) => [name, title]));
  for (const provider of providers) {
    for (const { name, title } of provider.dimensions) dimensions.set(name, title);
  }
  return {
    providers: new Map(providers.map(({ name, title }) => [name, title])),
    dimensions: [...dimensions].map(([name, title]) => ({ name, title })),
  };
}
