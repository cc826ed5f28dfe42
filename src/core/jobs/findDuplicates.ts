import type { Basis, Transform } from '../../protocol/workerApi';
import {
  CODE_DISTANCE,
  codeLikeness,
  HASH_LIMITS,
  hashLikeness,
  PERCEPTUAL_HASH,
  SIGN_CODE,
} from '../duplicates/likeness';
import type { AlikePairs } from '../store/duplicates';
import { callWithRestarts } from './callWithRestarts';
import type { JobContext } from './jobContext';

/** Bytes of a sign code. */
const CODE_BYTES = 32;

/** Which copies count as duplicates besides those that look the same as they are. */
export interface TransformedCopies {
  /** Mirrored left to right or top to bottom. */
  readonly flips: boolean;
  /** Turned by 90, 180 or 270 degrees. */
  readonly rotations: boolean;
}

/** As they are only. */
export const AS_THEY_ARE: TransformedCopies = { flips: false, rotations: false };

/** Luma entropy, in bits, from which on a perceptual hash says something: below, a picture is as good as plain. */
const LEAST_ENTROPY = 3;

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
  const { ids, signCodes } = await context.dataset.readEmbeddings(embedder);
  if (!signCodes) throw new Error(`${embedder} leaves no sign codes`);
  const byCodes = await findByCodes(context, embedder, basis, { ids, signCodes }, copies);
  const byHashes = await findByHashes(context, { ids, signCodes });
  await context.dataset.saveDuplicates(runId, [byCodes, byHashes]);
}

/** The sign codes, 32 bytes each, of samples in ascending order. */
interface CodeRows {
  readonly ids: Int32Array;
  readonly signCodes: Uint8Array;
}

async function findByCodes(
  context: JobContext,
  embedder: string,
  basis: Basis | null,
  { ids, signCodes }: CodeRows,
  copies: TransformedCopies,
): Promise<AlikePairs> {
  const { worker, signal } = context;
  const request = { signCodes, count: ids.length, maxDistance: CODE_DISTANCE };
  const { pairs, distances } = await callWithRestarts('looking for duplicates', () =>
    worker.call('nearDuplicates', request, { signal }),
  );
  const all = new Pairs(codeLikeness);
  all.add(ids, pairs, distances, null);
  const searched = basis ? transformsOf(copies) : [];
  for (const transform of searched) {
    const queries = await codesOf(context, embedder, basis!, ids, transform);
    const found = await callWithRestarts('looking for duplicates', () =>
      worker.call('nearTransformed', { ...request, queries }, { signal }),
    );
    all.add(ids, found.pairs, found.distances, transform);
  }
  return { ...SIGN_CODE, ...all.columns(), searched };
}

/** Copies in other colours, which sign codes overlook. */
async function findByHashes({ dataset, worker, signal }: JobContext, codes: CodeRows): Promise<AlikePairs> {
  const all = await dataset.readHashes(LEAST_ENTROPY);
  const placeInCodes = new Map(Array.from(codes.ids, (id, place) => [id, place]));
  const places = Array.from(all.ids.keys()).filter((place) => placeInCodes.has(all.ids[place]));
  const ids = Int32Array.from(places, (place) => all.ids[place]);
  const hashes = new Uint32Array(2 * ids.length);
  const signCodes = new Uint8Array(CODE_BYTES * ids.length);
  places.forEach((place, i) => {
    hashes.set(all.hashes.subarray(2 * place, 2 * place + 2), 2 * i);
    const from = CODE_BYTES * placeInCodes.get(all.ids[place])!;
    signCodes.set(codes.signCodes.subarray(from, from + CODE_BYTES), CODE_BYTES * i);
  });
  const request = { hashes, signCodes, count: ids.length, ...HASH_LIMITS };
  const { pairs, distances } = await callWithRestarts('looking for duplicates', () =>
    worker.call('nearHashes', request, { signal }),
  );
  const found = new Pairs(hashLikeness);
  found.add(ids, pairs, distances, null);
  return { ...PERCEPTUAL_HASH, ...found.columns() };
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
  const codes = new Uint8Array(ids.length * CODE_BYTES);
  const places = new Map(Array.from(ids, (id, place) => [id, place]));
  for await (const rows of dataset.readDescriptors(embedder, {})) {
    const count = rows.ids.length;
    const some = await callWithRestarts('looking for duplicates', () =>
      worker.call('transformedCodes', { basis, descriptors: rows.descriptors, count, transform }, { signal }),
    );
    rows.ids.forEach((id, row) => {
      const place = places.get(id);
      if (place !== undefined) codes.set(some.subarray(row * CODE_BYTES, (row + 1) * CODE_BYTES), place * CODE_BYTES);
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

  /** @param likenessOf a distance, in percent */
  constructor(private readonly likenessOf: (distance: number) => number) {}

  add(ids: Int32Array, pairs: Uint32Array, distances: Uint8Array, transform: Transform | null): void {
    distances.forEach((distance, pair) => {
      const [a, b] = [ids[pairs[2 * pair]], ids[pairs[2 * pair + 1]]];
      const key = Math.min(a, b) * 2 ** 26 + Math.max(a, b);
      if (this.known.has(key)) return;
      this.known.add(key);
      this.idsA.push(a);
      this.idsB.push(b);
      this.likeness.push(this.likenessOf(distance));
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
