import type { Basis, Transform } from '../../protocol/workerApi';
import { CODE_DISTANCE, codeLikeness, SIGN_CODE } from '../duplicates/likeness';
import { callWithRestarts } from './callWithRestarts';
import type { JobContext } from './jobContext';

/** Which copies count as duplicates besides those that look the same as they are. */
export interface TransformedCopies {
  /** Mirrored left to right or top to bottom. */
  readonly flips: boolean;
  /** Turned by 90, 180 or 270 degrees. */
  readonly rotations: boolean;
}

/** As they are only. */
export const AS_THEY_ARE: TransformedCopies = { flips: false, rotations: false };

/**
 * Looks for near duplicates among all embedded samples; exact ones the dataset finds itself, by content hash.
 * @param basis of the embedder, or null where nothing is embedded
 */
export async function findDuplicates(
  context: JobContext,
  embedder: string,
  basis: Basis | null,
  runId: number,
  copies: TransformedCopies,
): Promise<void> {
  const { dataset, worker, signal } = context;
  const { ids, signCodes } = await dataset.readEmbeddings(embedder);
  if (!signCodes) throw new Error(`${embedder} leaves no sign codes`);
  const request = { signCodes, count: ids.length, maxDistance: CODE_DISTANCE };
  const { pairs, distances } = await callWithRestarts('looking for duplicates', () =>
    worker.call('nearDuplicates', request, { signal }),
  );
  const all = new Pairs();
  all.add(ids, pairs, distances, null);
  const searched = basis ? transformsOf(copies) : [];
  for (const transform of searched) {
    const queries = await codesOf(context, embedder, basis!, ids, transform);
    const found = await callWithRestarts('looking for duplicates', () =>
      worker.call('nearTransformed', { ...request, queries }, { signal }),
    );
    all.add(ids, found.pairs, found.distances, transform);
  }
  await dataset.saveDuplicates(runId, [{ ...SIGN_CODE, ...all.columns(), searched }]);
}

/** One of each two that undo each other is enough: a pair that one finds, the other finds the other way round. */
function transformsOf({ flips, rotations }: TransformedCopies): Transform[] {
  return [
    ...(flips ? (['mirrored', 'flipped'] as const) : []),
    ...(rotations ? (['turned-90', 'turned-180'] as const) : []),
    ...(flips && rotations ? (['transposed', 'transversed'] as const) : []),
  ];
}

/** The codes that these samples would have if they were mirrored or turned, from their descriptors. */
async function codesOf(
  { dataset, worker, signal }: JobContext,
  embedder: string,
  basis: Basis,
  ids: Int32Array,
  transform: Transform,
): Promise<Uint8Array> {
  const bytes = 32;
  const codes = new Uint8Array(ids.length * bytes);
  const places = new Map(Array.from(ids, (id, place) => [id, place]));
  for await (const rows of dataset.readDescriptors(embedder, {})) {
    const count = rows.ids.length;
    const some = await callWithRestarts('looking for duplicates', () =>
      worker.call('transformedCodes', { basis, descriptors: rows.descriptors, count, transform }, { signal }),
    );
    rows.ids.forEach((id, row) => {
      const place = places.get(id);
      if (place !== undefined) codes.set(some.subarray(row * bytes, (row + 1) * bytes), place * bytes);
    });
  }
  return codes;
}

/** Pairs as the store takes them, each pair of images once: by the transform that was looked for first. */
class Pairs {
  private readonly known = new Set<number>();
  private readonly idsA: number[] = [];
  private readonly idsB: number[] = [];
  private readonly likeness: number[] = [];
  private readonly transforms: (Transform | null)[] = [];

  add(ids: Int32Array, pairs: Uint32Array, distances: Uint8Array, transform: Transform | null): void {
    distances.forEach((distance, pair) => {
      const [a, b] = [ids[pairs[2 * pair]], ids[pairs[2 * pair + 1]]];
      const key = Math.min(a, b) * 2 ** 26 + Math.max(a, b);
      if (this.known.has(key)) return;
      this.known.add(key);
      this.idsA.push(a);
      this.idsB.push(b);
      this.likeness.push(codeLikeness(distance));
      this.transforms.push(transform);
    });
  }

  columns() {
    const { idsA, idsB, likeness, transforms } = this;
    return {
      idsA: Int32Array.from(idsA),
      idsB: Int32Array.from(idsB),
      likeness: Float64Array.from(likeness),
      transforms,
    };
  }
}
