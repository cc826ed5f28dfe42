import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelWeights } from '../../protocol/modelManifest';

/** Where downloads of a model go: `ROOT/OWNER/NAME/REVISION`, with files at the paths that they have on the hub. */
export function downloadFolder(root: string, weights: ModelWeights): string {
  return join(root, ...weights.repository.split('/'), weights.revision);
}

/**
 * Where a model's files may lie below a folder that a person names: the repository itself; a folder of repositories,
 * with or without revision; the cache of Python's huggingface_hub.
 */
export function foldersToLookIn(root: string, { repository, revision }: ModelWeights): string[] {
  const [owner, name] = repository.split('/');
  const cache = join(root, `models--${owner}--${name}`);
  return [
    root,
    join(root, owner, name, revision),
    join(root, owner, name),
    join(root, name),
    join(cache, 'snapshots', commitInCache(cache, revision) ?? revision),
  ];
}

/** huggingface_hub keeps the commit of a branch or tag in a file of that name. */
function commitInCache(cache: string, revision: string): string | null {
  try {
    return /^[0-9a-f]{40}$/.exec(readFileSync(join(cache, 'refs', revision), 'utf8').trim())?.[0] ?? null;
  } catch {
    return null; // no such cache, or the revision is a commit
  }
}
