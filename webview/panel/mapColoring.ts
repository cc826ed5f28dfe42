import type { PointColors } from '../../src/protocol/mapApi';
import { MEASURE_STEPS } from './map/measurePalette';
import { NO_CATEGORY } from './map/palette';

/** How far the colours of a measure go: what lies beyond has the colour of the end. */
export interface MeasureRange {
  readonly low: number;
  readonly high: number;
}

/** What the points are coloured by, ready to be drawn. */
export interface Coloring {
  readonly colorBy: string | null;
  readonly categories: Uint8Array;
  readonly labels: readonly string[];
  /** The facet that has the labels as its values, or null. */
  readonly facet: string | null;
  /** Null where points have labels. */
  readonly measure:
    (MeasureRange & { readonly values: Float32Array; readonly title: string; readonly unit: string }) | null;
}

/** Share of the values on each side that may lie beyond the colours, so that a few extremes do not flatten the rest. */
const TAIL = 0.02;
/** Enough to know the tails by. */
const SAMPLE = 20_000;

export function coloringOf(colorBy: string | null, colors: PointColors): Coloring {
  if (colors.kind === 'labels') {
    const { categories, labels, facet } = colors;
    return { colorBy, categories, labels, facet, measure: null };
  }
  const { values, title, unit } = colors;
  const range = measureRange(values);
  return {
    colorBy,
    categories: measureSteps(values, range),
    labels: [],
    facet: null,
    measure: { ...range, values, title, unit },
  };
}

/** Points before their colours are known. */
export function noColoring(count: number): Coloring {
  return { colorBy: null, categories: new Uint8Array(count).fill(NO_CATEGORY), labels: [], facet: null, measure: null };
}

/** Without the tails; of equal values a range that holds them. */
export function measureRange(values: Float32Array): MeasureRange {
  const stride = Math.max(1, Math.floor(values.length / SAMPLE));
  const sample = Float32Array.from({ length: Math.ceil(values.length / stride) }, (_, i) => values[i * stride]);
  const known = sample.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return { low: 0, high: 1 };
  const at = (share: number) => known[Math.round(share * (known.length - 1))];
  const [low, high] = [at(TAIL), at(1 - TAIL)];
  return high > low ? { low, high } : { low, high: low + 1 };
}

function measureSteps(values: Float32Array, { low, high }: MeasureRange): Uint8Array {
  const steps = new Uint8Array(values.length);
  const factor = (MEASURE_STEPS - 1) / (high - low);
  for (let point = 0; point < values.length; point++) {
    const value = values[point];
    const step = Math.round((value - low) * factor);
    steps[point] = Number.isNaN(value) ? NO_CATEGORY : Math.min(MEASURE_STEPS - 1, Math.max(0, step));
  }
  return steps;
}

/** How many points have a value in each of so many equal parts of the range; ends hold what lies beyond. */
export function measureHistogram(
  { values, low, high }: MeasureRange & { readonly values: Float32Array },
  mask: Uint8Array | null,
  parts: number,
): Uint32Array {
  const counts = new Uint32Array(parts);
  for (let point = 0; point < values.length; point++) {
    if (Number.isNaN(values[point]) || mask?.[point] === 0) continue;
    const part = Math.floor(((values[point] - low) / (high - low)) * parts);
    counts[Math.min(parts - 1, Math.max(0, part))]++;
  }
  return counts;
}

/** Indices of the points whose value lies within a range, ends included; null for no limit. */
export function pointsWithin(values: Float32Array, from: number | null, to: number | null): Uint32Array {
  const found = new Uint32Array(values.length);
  let count = 0;
  for (let point = 0; point < values.length; point++) {
    const value = values[point];
    if (!Number.isNaN(value) && !(from !== null && value < from) && !(to !== null && value > to))
      found[count++] = point;
  }
  return found.slice(0, count);
}

/** Indices of the points of a category. */
export function pointsOf(categories: Uint8Array, category: number): Uint32Array {
  const found = new Uint32Array(categories.length);
  let count = 0;
  for (let point = 0; point < categories.length; point++) if (categories[point] === category) found[count++] = point;
  return found.slice(0, count);
}
