import { join } from 'node:path';
import { readRemoteCatalog } from '../core/remote/remoteCatalog';
import type { RemoteManifest } from '../protocol/remoteManifest';

/** The providers that this installation can send images to. */
export function remoteProviders(log: (line: string) => void): readonly RemoteManifest[] {
  return readRemoteCatalog(join(__dirname, 'models'), log);
}
