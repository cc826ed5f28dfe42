import { InferenceSession, Tensor } from 'onnxruntime-node';
import { openDatabase } from '../../src/core/store/openDatabase';
import { OnnxGraph } from '../fixtures/models/onnxGraph';

/** Looks through all vectors for the `limit` rows nearest to a unit vector. */
export interface BareScan {
  best(query: Float32Array): Promise<number[]>;
  close(): Promise<void>;
}

/** Rows in one matrix: one of a gigabyte and a half would be too large for some runtimes. */
const ROWS = 125_000;

/** ONNX Runtime: a product of matrices, and the largest of it. The vectors stay in memory as floats. */
export async function matrixScan(
  vectors: Float32Array,
  length: number,
  limit: number,
  threads: number,
): Promise<BareScan> {
  const graph = new OnnxGraph();
  const [rows, query] = [graph.input('rows', 'float', ['count', length]), graph.input('query', 'float', [length, 1])];
  const scores = graph.node('Reshape', [graph.node('MatMul', [rows, query]), graph.integers(-1)]);
  graph.node('TopK', [scores, graph.integers(limit)], { largest: 1, sorted: 1 }, { outputs: ['values', 'indices'] });
  graph.output('values', 'float', [limit]);
  graph.output('indices', 'int64', [limit]);
  const session = await InferenceSession.create(graph.encode(), { intraOpNumThreads: threads, interOpNumThreads: 1 });
  const count = vectors.length / length;
  const parts = Array.from({ length: Math.ceil(count / ROWS) }, (_, part) => {
    const size = Math.min(ROWS, count - part * ROWS);
    const from = part * ROWS * length;
    return new Tensor('float32', vectors.subarray(from, from + size * length), [size, length]);
  });
  return {
    async best(vector) {
      const found: { row: number; score: number }[] = [];
      for (const [part, tensor] of parts.entries()) {
        const { values, indices } = await session.run({
          rows: tensor,
          query: new Tensor('float32', vector, [length, 1]),
        });
        (values.data as Float32Array).forEach((score, at) =>
          found.push({ score, row: part * ROWS + Number((indices.data as BigInt64Array)[at]) }),
        );
      }
      found.sort((a, b) => b.score - a.score || a.row - b.row);
      return found.slice(0, limit).map(({ row }) => row);
    },
    close: () => session.release(),
  };
}

/** A loop over the floats. */
export function loopScan(vectors: Float32Array, length: number, limit: number): BareScan {
  const count = vectors.length / length;
  return {
    best(query) {
      const best: { row: number; score: number }[] = [];
      let least = -Infinity;
      for (let row = 0; row < count; row++) {
        const first = row * length;
        let [a, b, c, d] = [0, 0, 0, 0];
        for (let i = 0; i < length; i += 4) {
          a += query[i] * vectors[first + i];
          b += query[i + 1] * vectors[first + i + 1];
          c += query[i + 2] * vectors[first + i + 2];
          d += query[i + 3] * vectors[first + i + 3];
        }
        const score = a + b + c + d;
        if (score <= least) continue;
        best.push({ row, score });
        best.sort((x, y) => y.score - x.score);
        if (best.length > limit) least = best.splice(limit - 1)[0].score;
      }
      return Promise.resolve(best.slice(0, limit).map(({ row }) => row));
    },
    close: () => Promise.resolve(),
  };
}

/** DuckDB over a table of arrays of that length, which is what it is fastest with. Rows are those of ids less 1. */
export async function databaseScan(database: string, model: string, length: number, limit: number): Promise<BareScan> {
  const connection = await openDatabase(database);
  const { session } = connection;
  await session.run(
    `CREATE TEMP TABLE bare AS SELECT sample_id, vector::FLOAT[${length}] AS vector FROM embedding_vectors WHERE model = $1`,
    [model],
  );
  return {
    async best(query) {
      const ids = await session.integers(
        `WITH target AS (SELECT string_split($1, ',')::FLOAT[]::FLOAT[${length}] AS vector)
         SELECT sample_id FROM bare, target ORDER BY array_inner_product(bare.vector, target.vector) DESC, sample_id
         LIMIT ${limit}`,
        [query.join(',')],
      );
      return [...ids].map((id) => id - 1);
    },
    close: () => {
      connection.close();
      return Promise.resolve();
    },
  };
}
