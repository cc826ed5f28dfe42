import { RpcError } from '../protocol/rpc';
import type { Dataset } from './dataset';
import type { SampleFilter } from './sampleFilter';
import type { Ranking, SimilarityTarget, VectorSet } from './similarity';
import { placeOf } from './store/similarity';
import type { WorkerClient } from './workerClient';

/** Numbers in all vectors up to which the database looks at every one for each question: 26,000 images × 384. */
const EXACT_NUMBERS = 10_000_000;
/** Numbers carried to the worker at a time: 16 MB. */
const NUMBERS_A_CALL = 4_000_000;

interface LoadedIndex {
  readonly key: string;
  /** Of each row of the index, ascending. */
  readonly ids: Int32Array;
}

/**
 * Finds what is most alike: in small datasets exactly, by the database; in large ones by an index that a worker holds in
 * memory, two bytes a number, which is built with the first question after vectors changed.
 */
export class SimilaritySearch {
  private loaded: Promise<LoadedIndex> | undefined;
  private loadedKey = '';

  /** @param worker of its own, as it holds the index for as long as it lives */
  constructor(private readonly worker: Pick<WorkerClient, 'call'>) {}

  /**
   * The `limit` samples that pass the filter and are most alike by cosine, those of `origin` first.
   * @throws the signal's reason
   */
  async rank(
    dataset: Dataset,
    target: SimilarityTarget,
    filter: SampleFilter,
    limit: number,
    signal?: AbortSignal,
  ): Promise<Ranking> {
    const set = await dataset.similarity.vectorSet(target.model);
    const isSmall = set.count * set.length <= EXACT_NUMBERS;
    if (isSmall || target.vector.length !== set.length) return dataset.similarity.rank(target, filter, limit);
    try {
      const found =
        (await this.search(dataset, target, set, filter, limit, signal)) ??
        (await this.search(dataset, target, set, filter, limit, signal)); // the worker was another one meanwhile
      if (found) return found;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof RpcError) || error.code !== 'closed') throw error;
    }
    return dataset.similarity.rank(target, filter, limit); // it takes longer, but needs no memory
  }

  /** Null where the worker has no such index (any more). */
  private async search(
    dataset: Dataset,
    { model, vector, origin }: SimilarityTarget,
    set: VectorSet,
    filter: SampleFilter,
    limit: number,
    signal: AbortSignal | undefined,
  ): Promise<Ranking | null> {
    const { key, ids } = await this.load(dataset, model, set);
    signal?.throwIfAborted();
    const mask = leavesOut(filter) ? await dataset.similarity.passing(filter, ids) : null;
    const first = Uint32Array.from([...origin].flatMap((id) => placeOf(ids, id) ?? []));
    const call = { key, vector, limit, mask, first };
    const found = await this.worker.call('searchIndex', call, { ...(signal && { signal }) });
    if (found?.count !== ids.length) {
      if (this.loadedKey === key) this.loaded = undefined;
      return null;
    }
    return { ids: Int32Array.from(found.rows, (row) => ids[row]), scores: found.scores };
  }

  private load(dataset: Dataset, model: string, set: VectorSet): Promise<LoadedIndex> {
    const key = [dataset.location.database, model, set.version].join('\n');
    if (this.loaded && this.loadedKey === key) return this.loaded;
    const before = this.loaded;
    const loaded = (async () => {
      await before?.catch(() => undefined); // one after the other; whoever asked for that one hears of it
      return this.build(dataset, model, set, key);
    })();
    this.loadedKey = key;
    this.loaded = loaded;
    loaded.catch(() => {
      if (this.loaded === loaded) this.loaded = undefined;
    });
    return loaded;
  }

  private async build(dataset: Dataset, model: string, { length }: VectorSet, key: string): Promise<LoadedIndex> {
    const ids = await dataset.similarity.vectorIds(model);
    await this.worker.call('beginIndex', { key, length });
    const step = Math.max(1, Math.floor(NUMBERS_A_CALL / length));
    let sent: Promise<unknown> = Promise.resolve();
    for (let start = 0; start < ids.length; start += step) {
      const vectors = await dataset.similarity.vectorsOf(model, ids.subarray(start, start + step), length);
      await sent; // reading goes on while the worker takes in the rows before
      sent = this.worker.call('extendIndex', { key, vectors });
      sent.catch(() => undefined); // awaited above or below
    }
    await sent;
    return { key, ids };
  }
}

function leavesOut({ picks, expression, selection }: SampleFilter): boolean {
  return expression !== null || selection !== null || Object.values(picks).some((values) => values.length > 0);
}
