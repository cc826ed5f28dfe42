import { formatColor, luminance, mixColors, parseColor, withContrast, type Rgb } from './color';
import { POINT_CONTRAST } from './palette';

/** Categories that a measure is divided into; the one after them is for points whose measure is not known. */
export const MEASURE_STEPS = 255;

/**
 * From low to high away from the background's lightness, so that order can be seen whatever colours somebody can tell
 * apart.
 */
const ON_DARK = ['#5a6cf0', '#3d9bd8', '#4cc29a', '#b4d455', '#fff06a'];
const ON_LIGHT = ['#c08400', '#c75b2c', '#a8327a', '#6a2a96', '#1c1866'];

/** The colour of each step of a measure, from low to high, all visible on the background. */
export function measureColors(background: Rgb): Rgb[] {
  const stops = (luminance(background) < 0.18 ? ON_DARK : ON_LIGHT).map((hex) => parseColor(hex) ?? background);
  return Array.from({ length: MEASURE_STEPS }, (_, step) => {
    const place = (step / (MEASURE_STEPS - 1)) * (stops.length - 1);
    const stop = Math.min(stops.length - 2, Math.floor(place));
    return withContrast(mixColors(stops[stop], stops[stop + 1], place - stop), background, POINT_CONTRAST);
  });
}

/** They as a CSS gradient from left to right. */
export function measureGradient(background: Rgb): string {
  const colors = measureColors(background);
  const shown = [0, 0.25, 0.5, 0.75, 1].map((share) => colors[Math.round(share * (MEASURE_STEPS - 1))]);
  return `linear-gradient(to right, ${shown.map(formatColor).join(', ')})`;
}
