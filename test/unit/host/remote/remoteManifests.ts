import { readRemoteCatalog } from '../../../../src/core/remote/remoteCatalog';
import type { RemoteManifest } from '../../../../src/protocol/remoteManifest';

/** The manifests that are shipped. */
export const MANIFESTS: readonly RemoteManifest[] = readRemoteCatalog('models', (line) => {
  throw new Error(line);
});

export function manifestOf(name: string): RemoteManifest {
  const manifest = MANIFESTS.find((each) => each.name === name);
  if (!manifest) throw new Error(`there is no manifest ${name}`);
  return manifest;
}
