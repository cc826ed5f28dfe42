import type { NamedModel } from '../../protocol/viewApi';
import type { RemoteManifest } from '../../protocol/remoteManifest';
import type { RemoteConfig } from './remoteConfigs';
import { endpointHost } from './remoteItems';

/** A host that a provider's key is for. */
export interface KeyPlace {
  readonly manifest: RemoteManifest;
  readonly host: string;
}

/** Where a key can be for: the hosts of what was set up, those that are chosen first, and those that manifests name. */
export function keyPlaces(
  manifests: readonly RemoteManifest[],
  configs: ReadonlyMap<string, RemoteConfig>,
  chosen: readonly NamedModel[],
): KeyPlace[] {
  const isChosen = (name: string) => chosen.some((each) => each.name === name);
  const setUp = [...configs].sort(([a], [b]) => Number(isChosen(b)) - Number(isChosen(a)));
  const wanted = [
    ...setUp.map(([, { provider, endpoint }]) => ({ provider, address: endpoint })),
    ...manifests.flatMap(({ name, endpoint }) => (endpoint === null ? [] : [{ provider: name, address: endpoint }])),
  ];
  const places = new Map<string, KeyPlace>();
  for (const { provider, address } of wanted) {
    const manifest = manifests.find(({ name }) => name === provider);
    const host = endpointHost(manifest?.endpoint ?? address);
    if (manifest && !places.has(`${provider} ${host}`)) places.set(`${provider} ${host}`, { manifest, host });
  }
  return [...places.values()];
}
