import { DESCRIPTOR_LENGTH } from '../../protocol/workerApi';

/** A run of numbers of the descriptor. Parts of one `block` are brought to a common energy before the PCA. */
export interface DescriptorPart {
  name: string;
  block: 'grid' | 'histogram' | 'orientation' | 'texture' | 'thumbnail' | 'global';
  length: number;
  /** Share of this block against the others, once all blocks have equal energy. */
  weight: number;
}

/**
 * The 33 numbers about the whole picture, in the order in which they stand in the descriptor. L* is 0 to 100, luma and
 * channels are 0 to 255; "level k" is the luma of the analysis raster (at most 512 px), halved k times by 2 × 2 boxes.
 * Each is scaled so that it stays of the order of 1; the scaling is part of the descriptor.
 */
export const GLOBAL_SCALARS = [
  // Percentiles and mean of L*, each ÷ 50.
  'lightness01',
  'lightness05',
  'lightness25',
  'lightness50',
  'lightness75',
  'lightness95',
  'lightness99',
  'lightnessMean',
  // Shares of pixels, each as 2 √share: all channels ≥ 250; all ≤ 8; largest − smallest channel > 14.
  'clippedHigh',
  'clippedLow',
  'colorful',
  // Mean of (largest − smallest channel) ÷ 40; entropy of the luma histogram in bits ÷ 4.
  'chroma',
  'entropy',
  // log(1 + standard deviation of the 4-neighbor Laplacian), log(1 + root mean square of the central differences).
  'laplacian0',
  'gradient0',
  'laplacian1',
  'gradient1',
  'laplacian2',
  'gradient2',
  'laplacian3',
  'gradient3',
  // log(1 + Immerkær sigma) at level 0: 5th percentile over the blocks, median of the flat blocks, median and 95th
  // percentile over all; and of the chroma planes (Cb, Cr, level 1), median of the flat blocks.
  'noise05',
  'noiseFlat',
  'noiseMedian',
  'noise95',
  'noiseChroma',
  // Largest central differences of strong tiles, level 0 ÷ 1 (60th and 90th percentile in the softest direction), and
  // level 1 ÷ 2 (60th percentile); .9 where there are no edges.
  'edgeRatio',
  'edgeRatioBest',
  'edgeRatioCoarse',
  // log(1 + mean |L* − row mean|) of the upper third; 2 × share of sky-like pixels there (bluish, or nearly white);
  // 2 √share of pixels with L* > 75 and a channel > 200; log(width ÷ height) of the upright image.
  'topFlatness',
  'sky',
  'brightLights',
  'aspect',
] as const;

/**
 * Order of the 904 numbers of the "visual look" descriptor, raw as the image analysis measures them:
 * - grid: 4 × 4 cells row by row, each mean L*, a*, b*, deviation of L*, mean saturation, deviation of chroma, dark channel;
 * - histogram: upper, middle, lower third, each 8 bins of L*, 3 of neutral colors, 10 hues × 2 chroma levels;
 * - for the luma at 128, 64 and 32 px: orientation (4 × 4 cells row by row × 8 directions), then texture (thirds × 10
 *   rotation-invariant uniform LBP bins);
 * - thumbnail: 8 × 8 cells row by row, each mean L*, a*, b*;
 * - global: `GLOBAL_SCALARS`.
 */
export const VISUAL_LOOK_LAYOUT: readonly DescriptorPart[] = [
  { name: 'grid', block: 'grid', length: 112, weight: 1 },
  { name: 'histogram', block: 'histogram', length: 93, weight: 1 },
  { name: 'orientation128', block: 'orientation', length: 128, weight: 1.4 },
  { name: 'texture128', block: 'texture', length: 30, weight: 1 },
  { name: 'orientation64', block: 'orientation', length: 128, weight: 1.4 },
  { name: 'texture64', block: 'texture', length: 30, weight: 1 },
  { name: 'orientation32', block: 'orientation', length: 128, weight: 1.4 },
  { name: 'texture32', block: 'texture', length: 30, weight: 1 },
  { name: 'thumbnail', block: 'thumbnail', length: 192, weight: 1 },
  { name: 'global', block: 'global', length: GLOBAL_SCALARS.length, weight: 0.7 },
];

/** Index of the first number of each part, in layout order; the last entry is the length of the descriptor. */
export const VISUAL_LOOK_OFFSETS: readonly number[] = VISUAL_LOOK_LAYOUT.reduce(
  (offsets, part) => [...offsets, (offsets.at(-1) ?? 0) + part.length],
  [0],
);

if (VISUAL_LOOK_OFFSETS.at(-1) !== DESCRIPTOR_LENGTH) {
  throw new Error(`The layout holds ${VISUAL_LOOK_OFFSETS.at(-1)} numbers, the descriptor ${DESCRIPTOR_LENGTH}.`);
}
