import type { Handlers } from '../../protocol/rpc';
import type { vectorIndexApi } from '../../protocol/vectorIndexApi';
import { VectorIndex } from './vectorIndex';

/** The one index that this process holds, and which it is. */
let held: { readonly key: string; readonly index: VectorIndex } | null = null;

/** Finds near vectors in an index that was built up here. */
export const indexHandlers: Handlers<typeof vectorIndexApi> = {
  beginIndex: ({ key, length }) => {
    held = { key, index: new VectorIndex(length) };
    return null;
  },
  extendIndex: ({ key, vectors }) => {
    if (held?.key !== key) return null;
    held.index.add(vectors);
    return held.index.count;
  },
  searchIndex: ({ key, vector, limit, mask, first }) => {
    if (held?.key !== key) return null;
    const { rows, scores } = held.index.search(vector, limit, mask, first);
    return { rows, scores, count: held.index.count };
  },
};
