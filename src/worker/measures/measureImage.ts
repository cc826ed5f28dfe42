import type { Measures } from '../../protocol/workerApi';
import type { DecodedImage } from '../image/decodeImage';
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
  /** The same on the detail raster of large photos. */
  readonly detailEdges: EdgeRatio | null;
  /** Null where too little is neither black nor white. */
  readonly noise: Noise | null;
  /** Luma of the base raster, and the same halved once and twice. */
  readonly luma: readonly [Plane, Plane, Plane];
}

/**
 * Measures the rasters of one image. Images of any size pass, one pixel included.
 * @param full luma of the base raster.
 */
export function measureImage({ base, detail }: DecodedImage, full: Plane): ImageMeasures {
  const half = halvePlane(full);
  const quarter = halvePlane(half);
  return {
    tone: measureTone(base),
    edges: edgeRatio(full, half),
    coarseEdges: edgeRatio(half, quarter),
    detailEdges: detail ? edgeRatio(lumaPlane(detail), full) : null,
    noise: measureNoise(base, full, quarter),
    luma: [full, half, quarter],
  };
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
