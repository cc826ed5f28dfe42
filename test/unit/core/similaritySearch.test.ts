import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/core/dataset';
import { NO_FILTER } from '../../../src/core/sampleFilter';
import { SimilaritySearch } from '../../../src/core/similaritySearch';
import { RpcError } from '../../../src/protocol/rpc';
import { SeededRandom } from '../../../src/worker/numeric/seededRandom';
import { indexHandlers } from '../../../src/worker/similarity/indexHandlers';
import { addSamples, TemporaryDatasets } from './temporaryDataset';

const MODEL = 'wide';
const LENGTH = 4096;
const COUNT = 2500; // times the length: more than is looked through for each question

describe('similar samples in large datasets', function () {
  this.timeout(120_000);
  const temporary = new TemporaryDatasets();
  after(() => temporary.clean());
  let dataset: Dataset;
  let ids: Int32Array;
  let vectors: Float32Array;

  before(async () => {
    dataset = await temporary.dataset();
    ids = Int32Array.from(
      await addSamples(
        dataset,
        Array.from({ length: COUNT }, (_, index) => `${index % 2 === 0 ? 'even' : 'odd'}/${index}.jpg`),
      ),
    );
    const random = new SeededRandom(5);
    vectors = Float32Array.from({ length: COUNT * LENGTH }, () => random.normal() / Math.sqrt(LENGTH));
    await dataset.commitEmbeddings(MODEL, { ids, vectors, signCodes: null });
  });

  /** The worker's own answers, without a process between, and what was asked of it. */
  function worker() {
    const calls: string[] = [];
    const handlers = indexHandlers as unknown as Record<string, (params: unknown, context: object) => unknown>;
    const call = (method: string, params: unknown) => {
      calls.push(method);
      return Promise.resolve(handlers[method](params, {}));
    };
    return { calls, call: call as unknown as ConstructorParameters<typeof SimilaritySearch>[0]['call'] };
  }

  const target = (row: number) => ({
    model: MODEL,
    vector: vectors.slice(row * LENGTH, (row + 1) * LENGTH),
    origin: Int32Array.of(ids[row]),
  });
  const odd = { ...NO_FILTER, picks: { folder: ['odd'] } };

  it('are found by the index as the database finds them, also under a filter', async () => {
    const { calls, call } = worker();
    const search = new SimilaritySearch({ call });
    for (const filter of [NO_FILTER, odd]) {
      const exact = await dataset.similarity.rank(target(7), filter, 15);
      const found = await search.rank(dataset, target(7), filter, 15);
      assert.deepEqual(found.ids, exact.ids);
      exact.scores.forEach((score, place) => assert.ok(Math.abs(score - found.scores[place]) < 1e-4));
    }
    assert.equal(calls.filter((name) => name === 'beginIndex').length, 1, 'it is built once');
  });

  it('are looked for in a new index when vectors changed, or when the process that held it is gone', async () => {
    const { calls, call } = worker();
    const search = new SimilaritySearch({ call });
    await search.rank(dataset, target(1), NO_FILTER, 3);
    const gone = Int32Array.of(ids[1]);
    const moved = vectors.slice(9 * LENGTH, 10 * LENGTH);
    await dataset.commitEmbeddings(MODEL, { ids: gone, vectors: moved, signCodes: null });
    const { ids: found } = await search.rank(dataset, target(9), NO_FILTER, 2);
    assert.deepEqual(
      [...found].sort((a, b) => a - b),
      [ids[1], ids[9]],
    );
    assert.equal(calls.filter((name) => name === 'beginIndex').length, 2);

    await indexHandlers.beginIndex(
      { key: 'of another process', length: 1 },
      { signal: new AbortController().signal, progress: () => undefined },
    );
    const again = await search.rank(dataset, target(9), NO_FILTER, 2);
    assert.deepEqual(again.ids, found);
    assert.equal(calls.filter((name) => name === 'beginIndex').length, 3);
  });

  it('are found by the database where the process dies', async () => {
    const dies = () => Promise.reject(new RpcError('closed', 'the process died'));
    const search = new SimilaritySearch({ call: dies });
    const exact = await dataset.similarity.rank(target(20), odd, 5);
    assert.deepEqual(await search.rank(dataset, target(20), odd, 5), exact);
  });

  it('are given up when nobody waits any more', async () => {
    const search = new SimilaritySearch(worker());
    const signal = AbortSignal.abort(new Error('given up'));
    await assert.rejects(search.rank(dataset, target(20), NO_FILTER, 5, signal), /given up/);
  });
});
