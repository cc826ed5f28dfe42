import { lumaPlane } from './luma';
import type { Raster } from './raster';
import { SQUARE_SIDE } from './squeeze';

const SIDE = 32;
const FREQUENCIES = 8;
const BOX = SQUARE_SIDE / SIDE;

/** Cosines of the type-II DCT, `FREQUENCIES` rows of `SIDE`. */
const COSINES = Float64Array.from({ length: FREQUENCIES * SIDE }, (_, i) =>
  Math.cos((Math.PI * Math.floor(i / SIDE) * ((i % SIDE) + 0.5)) / SIDE),
);

/**
 * 64-bit hash that survives scaling and recompression: the 8 × 8 lowest frequencies of the DCT of the 32 × 32 luma,
 * each compared with their median (Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010).
 * @param square the 128 × 128 raster of `squeeze`.
 * @returns 16 lower-case hex digits.
 */
export function perceptualHash(square: Raster): string {
  const small = shrink(lumaPlane(square).data);
  const frequencies = lowFrequencies(small);
  const ascending = Float64Array.from(frequencies).sort();
  const median = (ascending[31] + ascending[32]) / 2;
  let hash = '';
  for (let digit = 0; digit < 16; digit++) {
    let bits = 0;
    for (let bit = 0; bit < 4; bit++) bits = bits * 2 + (frequencies[4 * digit + bit] > median ? 1 : 0);
    hash += bits.toString(16);
  }
  return hash;
}

function shrink(luma: Int16Array): Float64Array {
  const out = new Float64Array(SIDE * SIDE);
  for (let y = 0; y < SQUARE_SIDE; y++) {
    for (let x = 0; x < SQUARE_SIDE; x++) out[(y >> 2) * SIDE + (x >> 2)] += luma[y * SQUARE_SIDE + x] / BOX ** 2;
  }
  return out;
}

function lowFrequencies(pixels: Float64Array): Float64Array {
  const rows = new Float64Array(FREQUENCIES * SIDE);
  for (let u = 0; u < FREQUENCIES; u++) {
    for (let y = 0; y < SIDE; y++) {
      let sum = 0;
      for (let x = 0; x < SIDE; x++) sum += pixels[y * SIDE + x] * COSINES[u * SIDE + x];
      rows[u * SIDE + y] = sum;
    }
  }
  const out = new Float64Array(FREQUENCIES * FREQUENCIES);
  for (let v = 0; v < FREQUENCIES; v++) {
    for (let u = 0; u < FREQUENCIES; u++) {
      let sum = 0;
      for (let y = 0; y < SIDE; y++) sum += rows[u * SIDE + y] * COSINES[v * SIDE + y];
      out[v * FREQUENCIES + u] = sum;
    }
  }
  return out;
}
