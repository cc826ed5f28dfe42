import type { Session } from './session';

/** Perceptual hashes of samples, two words of 32 bits each, the upper one first. */
export interface HashRows {
  /** Ascending. */
  readonly ids: Int32Array;
  readonly hashes: Uint32Array;
}

/**
 * The hashes of all samples, not missing, whose luma has an entropy of at least so many bits: below, next to nothing is in
 * a picture that a hash could tell, and all such pictures have the same.
 */
export async function readHashes(session: Session, leastEntropy: number): Promise<HashRows> {
  const chunks = await session.chunks(
    `SELECT id, ('0x' || perceptual_hash[:8])::UINTEGER, ('0x' || perceptual_hash[9:])::UINTEGER FROM samples
     WHERE NOT missing AND perceptual_hash IS NOT NULL AND entropy >= $1::DOUBLE ORDER BY id`,
    [leastEntropy],
  );
  const count = chunks.reduce((total, chunk) => total + chunk.rowCount, 0);
  const ids = new Int32Array(count);
  const hashes = new Uint32Array(2 * count);
  let at = 0;
  for (const chunk of chunks) {
    const [id, upper, lower] = [0, 1, 2].map((column) => chunk.getColumnVector(column));
    for (let row = 0; row < chunk.rowCount; row++, at++) {
      ids[at] = id.getItem(row) as number;
      hashes[2 * at] = upper.getItem(row) as number;
      hashes[2 * at + 1] = lower.getItem(row) as number;
    }
  }
  return { ids, hashes };
}
