/** Parameters of the likeness curve 1 / (1 + a · d^(2b)) of two points at distance d in the layout. */
export interface LayoutCurve {
  a: number;
  b: number;
}

/**
 * The curve closest to "1 up to `minDistance`, then exp(minDistance − d)", by Gauss–Newton on 299 distances up to 3
 * (UMAP, section 3.2, spread 1).
 */
export function fitLayoutCurve(minDistance: number): LayoutCurve {
  let a = 1.5;
  let b = 0.9;
  for (let round = 0; round < 60; round++) {
    let [aa, ab, bb, ga, gb] = [0, 0, 0, 0, 0];
    for (let i = 1; i < 300; i++) {
      const d = i / 100;
      const wanted = d < minDistance ? 1 : Math.exp(minDistance - d);
      const power = d ** (2 * b);
      const value = 1 / (1 + a * power);
      const byA = -value * value * power;
      const byB = -value * value * a * power * 2 * Math.log(d);
      aa += byA * byA;
      ab += byA * byB;
      bb += byB * byB;
      ga += byA * (wanted - value);
      gb += byB * (wanted - value);
    }
    const determinant = aa * bb * 1.001 ** 2 - ab * ab;
    const stepA = (bb * 1.001 * ga - ab * gb) / determinant;
    const stepB = (aa * 1.001 * gb - ab * ga) / determinant;
    a = Math.max(a / 2, a + stepA);
    b = Math.max(b / 2, b + stepB);
  }
  return { a, b };
}

/** 1 for points that coincide, towards 0 the farther they lie from each other. */
export function likeness({ a, b }: LayoutCurve, squaredDistance: number): number {
  return 1 / (1 + a * squaredDistance ** b);
}
