import { dollars } from '../../core/remote/runEstimate';
import type { NamedModel } from '../../protocol/viewApi';
import type { RemoteManifest } from '../../protocol/remoteManifest';
import type { RemoteConfig } from './remoteConfigs';

/** A remote provider, as the list to choose from shows it. */
export interface RemoteItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly remote: RemoteManifest;
}

export interface RemoteFacts {
  readonly manifests: readonly RemoteManifest[];
  /** By the name of its manifest, how a provider was set up last. */
  readonly lastConfig: (provider: string) => RemoteConfig | null;
  /** What an image costs by manifest or setting, in US dollars; null when it is not known. */
  readonly priceOf: (manifest: RemoteManifest) => number | null;
  readonly chosen: readonly NamedModel[];
}

/** The providers that images are sent to: where, whether they need a key, and what they cost. */
export function remoteItems({ manifests, lastConfig, priceOf, chosen }: RemoteFacts): RemoteItem[] {
  return manifests.map((manifest) => {
    const config = lastConfig(manifest.name);
    const address = manifest.endpoint ?? config?.endpoint ?? null;
    const price = priceOf(manifest);
    const isChosen = chosen.some(({ name }) => name === manifest.name || name.startsWith(`${manifest.name}/`));
    const parts = [
      address === null ? 'on a server of your own or on the internet' : endpointHost(address),
      ...(config?.model ? [config.model] : []),
      ...(manifest.needsKey ? ['needs a key'] : []),
      ...(price === null ? [] : [`$${dollars(price)} an image`]),
      ...(isChosen ? ['chosen'] : []),
    ];
    const { title, goodFor } = manifest;
    return { label: title, description: parts.join(' · '), detail: goodFor, remote: manifest };
  });
}

/** The host of an address as it was kept, for people. */
export function endpointHost(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
