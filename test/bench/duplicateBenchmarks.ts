import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { CODE_DISTANCE, HASH_LIMITS } from '../../src/core/duplicates/likeness';
import { DESCRIPTOR_LENGTH, type Basis, type Transform } from '../../src/protocol/workerApi';
import { compareAllPairs } from '../../src/worker/duplicates/compareAllPairs';
import { codeWords, hammingDistance } from '../../src/worker/duplicates/hammingDistance';
import { findNearHashes } from '../../src/worker/duplicates/nearHashes';
import { findNearDuplicates } from '../../src/worker/duplicates/nearDuplicates';
import { transformedCodes } from '../../src/worker/duplicates/transformedCodes';
import { visualLookEmbedder } from '../../src/worker/embedders/visualLook';
import { fitBasis, SIGN_CODE_BYTES, writeSignCode } from '../../src/worker/embedding/visualLookBasis';
import { perceptualHash } from '../../src/worker/image/perceptualHash';
import type { Raster } from '../../src/worker/image/raster';
import { Pacer } from '../../src/worker/numeric/pacer';
import { SeededRandom } from '../../src/worker/numeric/seededRandom';
import { analyzed } from '../unit/image/drawing';
import { median } from './alternate';
import type { Benchmark, BenchmarkResult } from './benchmark';
import { renderPhoto } from './renderPhoto';

const IMAGES = 100_000;
const RENDERED = 400;
const MOST_PHOTOS = 1000;
const SIDES = { width: 320, height: 240 };
/** Comparing all pairs takes half a minute. */
const RUNS = 3;
/** Photos that an image which only fills the set is mixed of: fewer would look like one of them. */
const PARENTS = 8;

const SEPIA: [[number, number, number], [number, number, number], [number, number, number]] = [
  [0.39, 0.77, 0.19],
  [0.35, 0.69, 0.17],
  [0.27, 0.53, 0.13],
];

const EDITS: Readonly<Record<string, (photo: Sharp, raster: Raster) => Sharp>> = {
  'half size': (photo, { width }) => photo.resize(Math.round(width / 2)).jpeg({ quality: 90 }),
  'JPEG 50': (photo) => photo.jpeg({ quality: 50 }),
  '10 % brighter': (photo) => photo.linear(1.1, 0).jpeg({ quality: 90 }),
  '10 % darker': (photo) => photo.linear(0.9, 0).jpeg({ quality: 90 }),
  'crop 5 %': (photo, { width, height }) => {
    const [left, top] = [Math.round(width * 0.05), Math.round(height * 0.05)];
    return photo.extract({ left, top, width: width - 2 * left, height: height - 2 * top }).jpeg({ quality: 90 });
  },
  'no colour': (photo) => photo.grayscale().toColourspace('srgb').jpeg({ quality: 90 }),
  sepia: (photo) => photo.recomb(SEPIA).jpeg({ quality: 90 }),
};

const TURNS: Readonly<Partial<Record<Transform, (photo: Sharp) => Sharp>>> = {
  mirrored: (photo) => photo.flop(),
  flipped: (photo) => photo.flip(),
  'turned-90': (photo) => photo.rotate(90),
  'turned-180': (photo) => photo.rotate(180),
};

const { signal } = new AbortController();

/** Near duplicates among 100,000 images: how long it takes, against comparing all pairs, and what is found. */
export const duplicateBenchmarks: readonly Benchmark[] = [
  {
    name: 'near-duplicates-vs-limit',
    title: `near duplicates among ${IMAGES} sign codes and perceptual hashes by the clock ÷ comparing all pairs of the same codes`,
    run,
  },
];

async function run(): Promise<BenchmarkResult> {
  const photos = await basePhotos();
  const names = Object.keys(EDITS);
  const descriptors: Float32Array[] = [];
  const random = new SeededRandom(8);
  const hashes = Uint32Array.from({ length: 2 * IMAGES }, () => random.uint32());
  const add = (raster: Raster): void => {
    const image = analyzed(raster);
    const hash = perceptualHash(image.square);
    hashes[2 * descriptors.length] = parseInt(hash.slice(0, 8), 16);
    hashes[2 * descriptors.length + 1] = parseInt(hash.slice(8), 16);
    descriptors.push(visualLookEmbedder.describe(image) as Float32Array);
  };
  for (const photo of photos) {
    add(photo);
    for (const name of names) add(await edited(photo, EDITS[name]));
  }
  const versions = names.length + 1;
  const real = descriptors.length;
  const all = fillUp(descriptors);
  const basis = await fitBasis(all, IMAGES, 42, signal);
  const signCodes = codesOf(basis, all, IMAGES);

  const ours: number[] = [];
  const theirs: number[] = [];
  let [pairs, byHash] = [new Uint32Array(), new Uint32Array()];
  let exact = 0;
  for (let turn = 0; turn < RUNS; turn++) {
    ours.push(
      await secondsOf(async () => {
        pairs = Uint32Array.from((await findNearDuplicates(signCodes, IMAGES, CODE_DISTANCE, signal)).pairs);
        byHash = Uint32Array.from((await findNearHashes(hashes, signCodes, IMAGES, HASH_LIMITS, signal)).pairs);
      }),
    );
    exact = 0;
    const words = codeWords(signCodes, IMAGES);
    theirs.push(await secondsOf(() => compareAllPairs(words, IMAGES, CODE_DISTANCE, () => exact++, new Pacer(signal))));
  }

  const found = new Set<number>();
  let [right, wrong] = [0, 0];
  for (let pair = 0; pair < pairs.length + byHash.length; pair += 2) {
    const [from, at] = pair < pairs.length ? [pairs, pair] : [byHash, pair - pairs.length];
    const [a, b] = [from[at], from[at + 1]];
    if (b >= real) continue; // what only fills the set is no image, and says nothing about how images are told apart
    if (Math.floor(a / versions) !== Math.floor(b / versions)) {
      wrong++;
      continue;
    }
    right++;
    if (a % versions === 0) found.add(b);
  }
  const recalls = names.map((name, edit) => {
    const hits = photos.filter((_, photo) => found.has(photo * versions + edit + 1)).length;
    return `${name} ${(hits / photos.length).toFixed(3)}`;
  });
  const total = pairs.length / 2;
  const turned = await turnedRecall(photos, basis);
  return {
    ...{ ratio: median(ours) / median(theirs), value: median(ours), against: median(theirs), unit: 's', runs: RUNS },
    note:
      `limit 10 s; ${photos.length} photos in ${versions} versions among ${IMAGES}; recall ${recalls.join(', ')}; ` +
      `precision ${(right / (right + wrong)).toFixed(4)} of ${right + wrong} pairs of photos; ` +
      `${(total / exact).toFixed(4)} of the pairs of codes that comparing all has; ${byHash.length / 2} more pairs by hashes; codes derived for turned copies: ${turned}`,
  };
}

/** Photos of `DATAVISOR_BENCH_PHOTOS`, fitted inside 512 px, or rendered ones. */
async function basePhotos(): Promise<Raster[]> {
  const folder = process.env['DATAVISOR_BENCH_PHOTOS'];
  if (folder === undefined) {
    return Array.from({ length: RENDERED }, (_, i) => ({
      data: renderPhoto(SIDES.width, SIDES.height, i + 1),
      ...SIDES,
    }));
  }
  const files = (await readdir(folder)).filter((file) => /\.(jpe?g|png)$/i.test(file)).sort();
  const rasters: Raster[] = [];
  for (const file of files.slice(0, MOST_PHOTOS)) {
    const bytes = await readFile(join(folder, file));
    rasters.push(await rasterOf(sharp(bytes).rotate().resize(512, 512, { fit: 'inside', withoutEnlargement: true })));
  }
  return rasters;
}

function describePhoto(raster: Raster): Float32Array {
  return visualLookEmbedder.describe(analyzed(raster)) as Float32Array;
}

function sharpOf({ data, width, height }: Raster): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function edited(raster: Raster, edit: (photo: Sharp, raster: Raster) => Sharp): Promise<Raster> {
  return rasterOf(sharp(await edit(sharpOf(raster), raster).toBuffer()));
}

async function rasterOf(image: Sharp): Promise<Raster> {
  const { data, info } = await image.removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

/**
 * The descriptors, and as many more as are lacking: each the center and what sets some photos apart from it, with signs
 * by chance, so that they vary as the photos do and look like none of them.
 */
function fillUp(descriptors: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(IMAGES * DESCRIPTOR_LENGTH);
  descriptors.forEach((descriptor, i) => all.set(descriptor, i * DESCRIPTOR_LENGTH));
  const mean = new Float64Array(DESCRIPTOR_LENGTH);
  for (const descriptor of descriptors) {
    for (let j = 0; j < DESCRIPTOR_LENGTH; j++) mean[j] += descriptor[j] / descriptors.length;
  }
  const random = new SeededRandom(7);
  for (let i = descriptors.length; i < IMAGES; i++) {
    const row = all.subarray(i * DESCRIPTOR_LENGTH, (i + 1) * DESCRIPTOR_LENGTH);
    row.set(mean);
    for (const parent of random.sample(descriptors.length, PARENTS)) {
      const sign = (random.below(2) * 2 - 1) / Math.sqrt(PARENTS);
      for (let j = 0; j < DESCRIPTOR_LENGTH; j++) row[j] += sign * (descriptors[parent][j] - mean[j]);
    }
  }
  return all;
}

function codesOf(basis: Basis, descriptors: Float32Array, count: number): Uint8Array {
  const codes = new Uint8Array(count * SIGN_CODE_BYTES);
  for (let i = 0; i < count; i++) {
    const descriptor = descriptors.subarray(i * DESCRIPTOR_LENGTH, (i + 1) * DESCRIPTOR_LENGTH);
    writeSignCode(basis, descriptor, codes.subarray(i * SIGN_CODE_BYTES, (i + 1) * SIGN_CODE_BYTES));
  }
  return codes;
}

/** Share of mirrored and turned photos that are within the distance of the code derived for them. */
async function turnedRecall(photos: readonly Raster[], basis: Basis): Promise<string> {
  const some = photos.slice(0, 100);
  const originals = Float32Array.from(some.flatMap((photo) => [...describePhoto(photo)]));
  const shares: string[] = [];
  for (const [name, turn] of Object.entries(TURNS)) {
    const derived = await transformedCodes(basis, originals, some.length, name as Transform, signal);
    let hits = 0;
    for (const [i, photo] of some.entries()) {
      const descriptor = describePhoto(await edited(photo, (image) => turn(image).jpeg({ quality: 90 })));
      const two = new Uint8Array(64);
      two.set(codesOf(basis, descriptor, 1));
      two.set(derived.subarray(i * 32, (i + 1) * 32), 32);
      if (hammingDistance(codeWords(two, 2), 0, 1, 256) <= CODE_DISTANCE) hits++;
    }
    shares.push(`${name} ${(hits / some.length).toFixed(3)}`);
  }
  return shares.join(', ');
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
