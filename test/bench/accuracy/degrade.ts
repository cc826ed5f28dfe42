import type { SeededRandom } from '../../../src/worker/numeric/seededRandom';
import type { Photo } from './photo';
import { asSharp } from './photo';

const LINEAR = Float64Array.from({ length: 256 }, (_, i) => {
  const c = i / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
});

function encode(light: number): number {
  const v = Math.min(1, Math.max(0, light));
  return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
}

const longSide = ({ width, height }: Photo) => Math.max(width, height);

function mapChannels(photo: Photo, map: (value: number) => number): Photo {
  const table = Uint8ClampedArray.from({ length: 256 }, (_, i) => map(i));
  return { ...photo, data: photo.data.map((value) => table[value]) };
}

/** Exposure changed by so many stops, clipped as a sensor clips. */
export const exposure = (photo: Photo, stops: number): Photo =>
  mapChannels(photo, (value) => encode(LINEAR[value] * 2 ** stops));

export const gamma = (photo: Photo, power: number): Photo =>
  mapChannels(photo, (value) => 255 * (value / 255) ** power);

/** Gaussian blur; its sigma is a percentage of the long side. */
export async function gaussian(photo: Photo, percent: number): Promise<Photo> {
  const sigma = Math.max(0.3, (longSide(photo) * percent) / 100);
  return {
    ...photo,
    data: await asSharp(photo).blur({ sigma, precision: 'float', minAmplitude: 0.01 }).raw().toBuffer(),
  };
}

/** Motion blur along a straight line at a random angle; its length is a percentage of the long side. */
export function motion(photo: Photo, percent: number, random: SeededRandom): Promise<Photo> {
  const length = (longSide(photo) * percent) / 100;
  const radius = Math.ceil(length / 2);
  const size = 2 * radius + 1;
  const kernel = new Float64Array(size * size);
  const angle = random.uniform() * Math.PI;
  const steps = 40 * size;
  for (let step = 0; step <= steps; step++) {
    const t = (step / steps - 0.5) * length;
    const x = radius + t * Math.cos(angle);
    const y = radius + t * Math.sin(angle);
    const [left, top] = [Math.floor(x), Math.floor(y)];
    for (const [column, row] of [
      [left, top],
      [left + 1, top],
      [left, top + 1],
      [left + 1, top + 1],
    ] as const) {
      const weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
      if (column < size && row < size) kernel[row * size + column] += weight;
    }
  }
  return convolve(photo, size, kernel);
}

/** Blur of a lens out of focus; the radius of its disk is a percentage of the long side. */
export function disk(photo: Photo, percent: number): Promise<Photo> {
  const limit = (longSide(photo) * percent) / 100;
  const radius = Math.ceil(limit);
  const size = 2 * radius + 1;
  const kernel = new Float64Array(size * size);
  const parts = 8;
  for (let i = 0; i < kernel.length * parts * parts; i++) {
    const cell = Math.floor(i / (parts * parts));
    const x = (cell % size) - radius + ((i % parts) - (parts - 1) / 2) / parts;
    const y = Math.floor(cell / size) - radius + ((Math.floor(i / parts) % parts) - (parts - 1) / 2) / parts;
    if (x * x + y * y <= limit * limit) kernel[cell]++;
  }
  return convolve(photo, size, kernel);
}

async function convolve(photo: Photo, size: number, kernel: Float64Array): Promise<Photo> {
  if (size < 3) return photo;
  const sum = kernel.reduce((a, b) => a + b, 0);
  const weights = Array.from(kernel, (weight) => Math.round((weight / sum) * 4096));
  const scale = weights.reduce((a, b) => a + b, 0);
  return {
    ...photo,
    data: await asSharp(photo).convolve({ width: size, height: size, kernel: weights, scale }).raw().toBuffer(),
  };
}

/** Keeps a disk of the photo in focus and blurs the rest: sharp to anyone's eye. */
export async function background(photo: Photo, percent: number, random: SeededRandom): Promise<Photo> {
  const { width, height } = photo;
  const blurred = await gaussian(photo, percent);
  const data = new Uint8Array(photo.data.length);
  const centerX = width * (0.35 + 0.3 * random.uniform());
  const centerY = height * (0.35 + 0.3 * random.uniform());
  const radius = 0.25 * Math.sqrt(width * height);
  for (let i = 0; i < width * height; i++) {
    const distance = Math.hypot((i % width) - centerX, Math.floor(i / width) - centerY);
    const share = Math.min(1, Math.max(0, (radius - distance) / (0.2 * radius) + 1));
    for (let p = 3 * i; p < 3 * i + 3; p++) data[p] = share * photo.data[p] + (1 - share) * blurred.data[p];
  }
  return { ...photo, data };
}

/** White noise of the same sigma, in levels, in all channels independently. */
export const whiteNoise = (photo: Photo, sigma: number, random: SeededRandom): Photo =>
  shake(photo, random, (value, normal) => value + sigma * normal);

/** White noise that is the same in all channels, as film grain is. */
export function grain(photo: Photo, sigma: number, random: SeededRandom): Photo {
  const data = new Uint8ClampedArray(photo.data.length);
  for (let p = 0; p < data.length; p += 3) {
    const offset = sigma * normalPair(random)[0];
    for (let c = p; c < p + 3; c++) data[c] = photo.data[c] + offset;
  }
  return { ...photo, data: new Uint8Array(data.buffer) };
}

/** Photon noise: so many photons make the brightest channel value. */
export const photonNoise = (photo: Photo, photons: number, random: SeededRandom): Photo =>
  shake(photo, random, (value, normal) => {
    const light = LINEAR[value] * photons;
    return encode((light + Math.sqrt(light) * normal) / photons);
  });

function shake(photo: Photo, random: SeededRandom, change: (value: number, normal: number) => number): Photo {
  const data = new Uint8ClampedArray(photo.data.length);
  for (let p = 0; p < data.length; p += 2) {
    const [a, b] = normalPair(random);
    data[p] = change(photo.data[p], a);
    if (p + 1 < data.length) data[p + 1] = change(photo.data[p + 1], b);
  }
  return { ...photo, data: new Uint8Array(data.buffer) };
}

/** Box and Muller, 1958. */
function normalPair(random: SeededRandom): [number, number] {
  const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
  const angle = 2 * Math.PI * random.uniform();
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}
