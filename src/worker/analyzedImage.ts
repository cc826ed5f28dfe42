import type { ImageHeader } from './header/imageHeader';
import type { Lab } from './image/lab';
import type { Raster } from './image/raster';
import type { ImageMeasures } from './measures/measureImage';

/** One decoded and measured image, as providers and embedders see it. */
export interface AnalyzedImage {
  readonly header: ImageHeader;
  /** Fits inside 512 × 512. */
  readonly base: Raster;
  /** `base` squeezed into 128 × 128. */
  readonly square: Raster;
  /** The same in L*a*b*. */
  readonly squareLab: Lab;
  readonly measures: ImageMeasures;
}
