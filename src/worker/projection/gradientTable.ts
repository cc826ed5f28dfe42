import type { LayoutCurve } from './layoutCurve';

/** Positive floats, by sign, exponent and the upper 7 bits of the mantissa. */
const ENTRIES = 32768;
/** Keeps the push of points that all but coincide finite. */
const SOFTENING = 0.001;

/**
 * Factors of the layout's gradient by the upper 16 bits of the squared distance as a float32, at the middle of each
 * interval, so within .4 %: the innermost loop then needs no power function.
 */
export interface GradientTable {
  /** Times the difference of two points: pull along an edge, negative. */
  pull: Float32Array;
  /** Times the difference of two points: push between points without an edge, positive. */
  push: Float32Array;
}

export function gradientTable({ a, b }: LayoutCurve): GradientTable {
  const pull = new Float32Array(ENTRIES);
  const push = new Float32Array(ENTRIES);
  const asFloat = new Float32Array(1);
  const asBits = new Uint32Array(asFloat.buffer);
  for (let entry = 0; entry < ENTRIES; entry++) {
    asBits[0] = (entry << 16) | 0x8000;
    const square = asFloat[0];
    if (!Number.isFinite(square)) continue;
    const power = square ** b;
    pull[entry] = (-2 * a * b * (power / square)) / (1 + a * power);
    push[entry] = (2 * b) / ((SOFTENING + square) * (1 + a * power));
  }
  return { pull, push };
}
