import { LAB_CURVE, LIGHT_STEPS, LINEAR } from './lightness';
import type { Raster } from './raster';

/** CIE L*a*b* (D65) of a raster, one plane a channel. L* is 0 to 100, a* and b* about −110 to 110. */
export interface Lab {
  readonly lightness: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
}

/** Converts sRGB to L*a*b* (IEC 61966-2-1, CIE 15), by tables of 4096 steps of linear light. */
export function toLab({ data }: Raster): Lab {
  const pixels = data.length / 3;
  const lightness = new Float32Array(pixels);
  const planeA = new Float32Array(pixels);
  const planeB = new Float32Array(pixels);
  for (let i = 0, p = 0; i < pixels; i++, p += 3) {
    const r = LINEAR[data[p]];
    const g = LINEAR[data[p + 1]];
    const b = LINEAR[data[p + 2]];
    // rows of the sRGB matrix, divided by the white point (.95047, 1, 1.08883): each row sums to 1
    const x = LAB_CURVE[((0.433953 * r + 0.376219 * g + 0.189828 * b) * LIGHT_STEPS) | 0];
    const y = LAB_CURVE[((0.212673 * r + 0.715152 * g + 0.072175 * b) * LIGHT_STEPS) | 0];
    const z = LAB_CURVE[((0.017756 * r + 0.109469 * g + 0.872775 * b) * LIGHT_STEPS) | 0];
    lightness[i] = 116 * y - 16;
    planeA[i] = 500 * (x - y);
    planeB[i] = 200 * (y - z);
  }
  return { lightness, a: planeA, b: planeB };
}
