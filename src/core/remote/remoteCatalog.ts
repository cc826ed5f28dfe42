import { join } from 'node:path';
import { readRemoteManifest, type RemoteManifest } from '../../protocol/remoteManifest';
import { readManifests } from '../models/catalog';

/**
 * The providers that images can be sent to: the manifests in the folder `remote` of the program's own folder of models.
 * Those of a workspace are never read, as a manifest says where images go. One that is none is left out and reported.
 * @param folder the program's folder of models
 */
export function readRemoteCatalog(folder: string, log: (line: string) => void): RemoteManifest[] {
  return readManifests(join(folder, 'remote'), readRemoteManifest, log);
}
