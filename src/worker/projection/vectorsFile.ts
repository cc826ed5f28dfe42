import { VECTORS_FILE } from '../../protocol/workerApi';
import type { StageFiles } from './stageFiles';
import type { VectorSource } from './vectors';

/** The vectors that lie in a folder. Reading them rejects when there are not as many. */
export function vectorsIn(store: StageFiles, count: number, length: number): VectorSource {
  const read = async () => {
    const vectors = await store.readFloats(VECTORS_FILE);
    if (vectors?.length === count * length) return vectors;
    throw new Error(`There are ${vectors?.length ?? 'no'} numbers instead of ${count} vectors of ${length}.`);
  };
  return { count, length, read };
}
