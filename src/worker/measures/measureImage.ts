import type { Measures } from '../../protocol/workerApi';
import type { Raster } from '../image/raster';
import type { EdgeRatio } from './edgeRatio';
import { edgeRatio } from './edgeRatio';
import type { Plane } from '../image/luma';
import { halvePlane, lumaPlane } from '../image/luma';
import type { Noise } from './noise';
import { measureNoise } from './noise';
import type { Tone } from './tone';
import { measureTone } from './tone';

/** Everything measured on one image; providers and embedders read from it what they need. */
export interface ImageMeasures {
  readonly tone: Tone;
  /** Null where there are too few edges. */
  readonly edges: EdgeRatio | null;
  /** The same between half and quarter size. */
  readonly coarseEdges: EdgeRatio | null;
  /** The same at about twice the size, of large photos that were looked at twice. */
  readonly detailEdges: EdgeRatio | null;
  /** Null where too little is neither black nor white. */
  readonly noise: Noise | null;
  /** Luma of the base raster, and the same halved once and twice. */
  readonly luma: readonly [Plane, Plane, Plane];
}

/**
 * Measures one image. Images of any size pass, one pixel included.
 * @param full luma of the base raster.
 */
export function measureImage(base: Raster, full: Plane): ImageMeasures {
  const half = halvePlane(full);
  const quarter = halvePlane(half);
  return {
    tone: measureTone(base),
    edges: edgeRatio(full, half),
    coarseEdges: edgeRatio(half, quarter),
    detailEdges: null,
    noise: measureNoise(base, full, quarter),
    luma: [full, half, quarter],
  };
}

/** Edges this steep at the base size are sharp in a photo of any size; edges this soft are blurred at any size. */
const SECOND_LOOK_BELOW = 0.9;
const SECOND_LOOK_ABOVE = 0.7;
/** With edges this steep anywhere, something is in focus. */
const SECOND_LOOK_BEST_BELOW = 1.1;

/**
 * Whether fine blur may hide in what the base raster of a large photo leaves out. About one large photo in ten is worth
 * decoding again for that.
 */
export function wantsSecondLook({ edges }: ImageMeasures): boolean {
  if (!edges || edges.best >= SECOND_LOOK_BEST_BELOW) return false;
  return edges.ratio < SECOND_LOOK_BELOW && edges.ratio > SECOND_LOOK_ABOVE;
}

/** The measures with what the second look at a photo, at about twice the size, adds to them. */
export function withSecondLook(measures: ImageMeasures, detail: Raster): ImageMeasures {
  const full = lumaPlane(detail);
  return { ...measures, detailEdges: edgeRatio(full, halvePlane(full)) };
}

/** .5 mean + .25 median + .25 95th percentile of L*, 0 (black) to 100 (white). */
export function overallLightness({ mean, p50, p95 }: Tone): number {
  return 0.5 * mean + 0.25 * p50 + 0.25 * p95;
}

/** The measures that are stored with a sample. */
export function storedMeasures({ tone, edges, noise }: ImageMeasures): Measures {
  return {
    lightness: overallLightness(tone),
    sharpness: edges?.ratio ?? null,
    noise: noise?.floor ?? null,
    entropy: tone.entropy,
    chroma: tone.chroma,
    overexposed: tone.clippedHigh,
  };
}
