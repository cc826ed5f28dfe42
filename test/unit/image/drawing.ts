import type { ImageHeader } from '../../../src/worker/header/imageHeader';
import type { AnalyzedImage } from '../../../src/worker/analyzedImage';
import { toLab } from '../../../src/worker/image/lab';
import type { Raster } from '../../../src/worker/image/raster';
import { squeeze } from '../../../src/worker/image/squeeze';
import { measureImage, withSecondLook } from '../../../src/worker/measures/measureImage';

/** A raster whose pixels a function of the position says: red, green, blue, 0 to 255. */
export function draw(
  width: number,
  height: number,
  color: (x: number, y: number) => readonly [number, number, number],
): Raster {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let i = 0; i < width * height; i++) data.set(color(i % width, Math.floor(i / width)), 3 * i);
  return { data: new Uint8Array(data.buffer), width, height };
}

/** Everything measured on a raster, as if it had been decoded from a file of that size. */
export function analyzed(base: Raster, header: Partial<ImageHeader> = {}, detail: Raster | null = null): AnalyzedImage {
  const { square, luma } = squeeze(base);
  const measures = measureImage(base, luma);
  return {
    header: {
      format: 'jpeg',
      width: base.width,
      height: base.height,
      orientation: 1,
      hasAlpha: false,
      isSrgb: true,
      capturedAt: null,
      camera: null,
      ...header,
    },
    base,
    square,
    squareLab: toLab(square),
    measures: detail ? withSecondLook(measures, detail) : measures,
  };
}
