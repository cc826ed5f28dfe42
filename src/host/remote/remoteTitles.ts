import type { RemoteManifest } from '../../protocol/remoteManifest';
import type { RemoteConfig } from './remoteConfigs';

/** "llava:7b (OpenAI-compatible server)", "Google Cloud Vision". @param model empty where the provider has none */
export function remoteTitle({ title }: RemoteManifest, model: string): string {
  return model === '' ? title : `${model} (${title})`;
}

/**
 * What people call a remote provider, by the name that its answers are stored under; null for a name of something else.
 * @param configs those of this workspace; of others, such as the command line's, the name itself says the model
 */
export function titleOfRemote(
  name: string,
  manifests: readonly RemoteManifest[],
  configs: ReadonlyMap<string, RemoteConfig>,
): string | null {
  const slash = name.indexOf('/');
  const provider = slash < 0 ? name : name.slice(0, slash);
  const manifest = manifests.find((each) => each.name === provider);
  if (!manifest) return null;
  return remoteTitle(manifest, configs.get(name)?.model ?? (slash < 0 ? '' : name.slice(slash + 1)));
}
