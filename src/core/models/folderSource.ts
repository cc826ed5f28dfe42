import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelWeights } from '../../protocol/modelManifest';
import { readLedger } from './ledger';
import { foldersToLookIn } from './modelFolders';
import type { Continuation, ModelSource, OpenedFile, RemoteFile } from './modelSource';

/**
 * A folder with repositories in it, such as a company's share: a folder of downloads of another machine (whose ledger
 * then tells what each file must be), or clones of the hub's repositories.
 */
export class FolderSource implements ModelSource {
  private readonly folders: readonly string[];

  constructor(
    readonly place: string,
    weights: ModelWeights,
  ) {
    this.folders = foldersToLookIn(place, weights).slice(1); // the share itself is no repository
  }

  placeOf(path: string): string {
    return join(this.folders[0], path);
  }

  async describe(path: string): Promise<RemoteFile | null> {
    return (await this.locate(path))?.remote ?? null;
  }

  async open(path: string, from: Continuation | null): Promise<OpenedFile | null> {
    const found = await this.locate(path);
    if (!found) return null;
    const offset = from && from.identity === found.remote.identity ? from.offset : 0;
    const body = createReadStream(found.file, { start: offset, highWaterMark: 1 << 20 });
    return { remote: found.remote, offset, contentType: null, body, close: () => void body.destroy() };
  }

  private async locate(path: string): Promise<{ file: string; remote: RemoteFile } | null> {
    for (const folder of this.folders) {
      const file = join(folder, path);
      const stats = await stat(file).catch(() => null);
      if (!stats?.isFile()) continue;
      const known = (await readLedger(folder)).files[path];
      const sha256 = known && known.size === stats.size ? known.sha256 : null;
      const identity = sha256 ?? `${stats.size}-${stats.mtimeMs}`;
      return { file, remote: { size: stats.size, sha256, gitOid: null, identity, validator: null } };
    }
    return null;
  }
}
