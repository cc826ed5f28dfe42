/**
 * Linear light of an sRGB channel, 0 to 1 (IEC 61966-2-1).
 * @param index 0 to 255.
 */
export const LINEAR: Float32Array = Float32Array.from({ length: 256 }, (_, i) => {
  const c = i / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
});

/** Steps of linear light that `LIGHTNESS` and `LAB_CURVE` are tabulated in. */
export const LIGHT_STEPS = 4096;

/** The curve f of CIE L*a*b*: cube root, with a straight line near black. Index: linear light × `LIGHT_STEPS`. */
export const LAB_CURVE: Float32Array = Float32Array.from({ length: LIGHT_STEPS + 1 }, (_, i) => {
  const light = i / LIGHT_STEPS;
  return light > 0.008856 ? Math.cbrt(light) : (903.3 * light + 16) / 116;
});

/** CIE L*, 0 to 100, rounded. Index: linear luminance × `LIGHT_STEPS`. */
export const LIGHTNESS: Uint8Array = Uint8Array.from(LAB_CURVE, (f) => Math.round(116 * f - 16));
