import type { Prediction } from '../../../protocol/workerApi';
import { eighths } from '../../image/direction';
import type { Lab } from '../../image/lab';
import { confidence } from './confidence';

const MIN_SHARE = 0.15;
const MAX_COLORS = 3;
/** Every third pixel: with 128 a row they fall on all columns in turn. */
const STEP = 3;

const COLORS = [
  'black',
  'gray',
  'white',
  'red',
  'orange',
  'brown',
  'yellow',
  'green',
  'cyan',
  'blue',
  'purple',
  'pink',
] as const;
const [BLACK, GRAY, WHITE, RED, ORANGE, BROWN, YELLOW, GREEN, CYAN, BLUE, PURPLE, PINK] = COLORS.keys();

/** The names of up to three colours that each cover at least 15 % of the picture. */
export function colorPredictions({ lightness, a, b }: Lab): Prediction[] {
  const counts = new Uint32Array(COLORS.length);
  for (let i = 0; i < lightness.length; i += STEP) counts[colorIndex(lightness[i], a[i], b[i])]++;
  const total = Math.ceil(lightness.length / STEP);
  return COLORS.map((tag, color) => ({ tag, share: counts[color] / total }))
    .filter(({ share }) => share >= MIN_SHARE)
    .sort((one, other) => other.share - one.share)
    .slice(0, MAX_COLORS)
    .map(({ tag, share }) => ({ dimension: 'color', tag, score: confidence(60, 99, (share - MIN_SHARE) / 0.35) }));
}

/**
 * The everyday name of a colour: sectors of hue and chroma in CIE L*a*b*. Brown is dark orange, pink is light red.
 * @param lightness L*, 0 to 100.
 */
export function colorName(lightness: number, a: number, b: number): (typeof COLORS)[number] {
  return COLORS[colorIndex(lightness, a, b)];
}

// An index, as counting names costs four times as much over all pixels.
function colorIndex(lightness: number, a: number, b: number): number {
  const squared = a * a + b * b;
  // very dark and very light colours need more chroma before they stop looking black or white
  const neutral = lightness < 25 ? 12 : lightness > 85 ? 7 : 9;
  if (squared < neutral * neutral) return lightness < 22 ? BLACK : lightness > 84 ? WHITE : GRAY;
  if (lightness < 10) return BLACK;
  const chroma = Math.sqrt(squared);
  const hue = eighths(a, b) * 45;
  if (hue < 18 || hue >= 345) return lightness > 60 ? PINK : RED;
  if (hue < 46) {
    if (lightness > 68 && chroma < 50) return PINK;
    return chroma < 30 && lightness < 60 ? BROWN : RED;
  }
  if (hue < 76) return lightness < 58 || (chroma < 28 && lightness < 70) ? BROWN : ORANGE;
  if (hue < 108) {
    if (lightness < 42) return BROWN;
    return chroma < 18 ? GRAY : YELLOW;
  }
  if (hue < 170) return GREEN;
  if (hue < 225) return CYAN;
  // saturated blues lean towards purple in L*a*b*: pure sRGB blue stands at 306 degrees
  if (hue < (chroma > 60 ? 309 : 300)) return BLUE;
  if (hue < 328) return PURPLE;
  return lightness > 62 ? PINK : PURPLE;
}
