import type { DuckDBDataChunk } from '@duckdb/node-api';
import { loadDuckDB } from './duckdb';

/**
 * Reads a FLOAT[n] or FLOAT[] column: row `r` of the chunk goes to `target` at `placeOf(r) * length`, or nowhere when
 * that is undefined. Rows must be `length` long and not NULL.
 */
export async function readVectors(
  chunk: DuckDBDataChunk,
  column: number,
  length: number,
  target: Float32Array,
  placeOf: (row: number) => number | undefined,
): Promise<void> {
  const { DuckDBArrayVector, DuckDBListVector } = await loadDuckDB();
  const vector = chunk.getColumnVector(column);
  for (let row = 0; row < chunk.rowCount; row++) {
    const place = placeOf(row);
    if (place === undefined) continue;
    if (vector instanceof DuckDBListVector) {
      // One slice a row costs ten times as much as indexing into the vector behind all rows.
      const { childVector } = vector;
      const start = vector.getEntryOffset(row);
      for (let i = 0; i < length; i++) target[place * length + i] = childVector.getItem(start + i) as number;
    } else if (vector instanceof DuckDBArrayVector) {
      target.set(vector.getItem(row)!.items as readonly number[], place * length);
    } else {
      throw new Error(`a column of vectors was expected, not ${vector.type.toString()}`);
    }
  }
}

/** Little-endian float32, as blobs hold them. */
export function floatsToBytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

export function bytesToFloats(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer); // a copy, as the bytes of a blob need not be aligned
}
