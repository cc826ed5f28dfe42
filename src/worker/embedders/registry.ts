import { UserError } from '../../protocol/userError';
import type { Embedder } from './embedder';
import { visualLookEmbedder } from './visualLook';

const EMBEDDERS: readonly Embedder[] = [visualLookEmbedder];

/** @throws a UserError that lists the embedders there are. */
export function findEmbedder(name: string): Embedder {
  const embedder = EMBEDDERS.find(({ manifest }) => manifest.name === name);
  if (embedder) return embedder;
  const names = EMBEDDERS.map(({ manifest }) => manifest.name).join(', ');
  throw new UserError('unknown-embedder', `There is no embedder "${name}". Available: ${names}.`);
}
