const STEPS = 1024;
/** Angle of a slope of 0 to 1, in eighths of a turn. */
const ANGLES = Float32Array.from({ length: STEPS + 1 }, (_, i) => (Math.atan(i / STEPS) * 4) / Math.PI);

/**
 * Angle of a vector in eighths of a turn, 0 (right) up to but not including 8, growing from x towards y. By table:
 * `Math.atan2` would cost more than all the rest around it.
 */
export function eighths(x: number, y: number): number {
  const absX = x < 0 ? -x : x;
  const absY = y < 0 ? -y : y;
  if (absX === 0 && absY === 0) return 0;
  let angle = absX >= absY ? ANGLES[((absY / absX) * STEPS) | 0] : 2 - ANGLES[((absX / absY) * STEPS) | 0];
  if (x < 0) angle = 4 - angle;
  return y < 0 && angle > 0 ? 8 - angle : angle;
}
