import type { Prediction } from '../../../protocol/workerApi';
import type { Lab } from '../../image/lab';
import { confidence } from './confidence';

const MIN_SHARE = 0.15;
const MAX_COLORS = 3;

/** The names of up to three colours that each cover at least 15 % of the picture. */
export function colorPredictions(lab: Lab): Prediction[] {
  const counts = new Map<string, number>();
  for (let i = 0; i < lab.lightness.length; i++) {
    const name = colorName(lab.lightness[i], lab.a[i], lab.b[i]);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([tag, count]) => ({ tag, share: count / lab.lightness.length }))
    .filter(({ share }) => share >= MIN_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, MAX_COLORS)
    .map(({ tag, share }) => ({ dimension: 'color', tag, score: confidence(60, 99, (share - MIN_SHARE) / 0.35) }));
}

/**
 * The everyday name of a colour: sectors of hue and chroma in CIE L*a*b*. Brown is dark orange, pink is light red.
 * @param lightness L*, 0 to 100.
 */
export function colorName(lightness: number, a: number, b: number): string {
  const chroma = Math.sqrt(a * a + b * b);
  // very dark and very light colours need more chroma before they stop looking black or white
  const neutral = lightness < 25 ? 12 : lightness > 85 ? 7 : 9;
  if (chroma < neutral) return lightness < 22 ? 'black' : lightness > 84 ? 'white' : 'gray';
  if (lightness < 10) return 'black';
  const hue = (Math.atan2(b, a) * (180 / Math.PI) + 360) % 360;
  if (hue < 18 || hue >= 345) return lightness > 60 ? 'pink' : 'red';
  if (hue < 46) {
    if (lightness > 68 && chroma < 50) return 'pink';
    return chroma < 30 && lightness < 60 ? 'brown' : 'red';
  }
  if (hue < 76) return lightness < 58 || (chroma < 28 && lightness < 70) ? 'brown' : 'orange';
  if (hue < 108) {
    if (lightness < 42) return 'brown';
    return chroma < 18 ? 'gray' : 'yellow';
  }
  if (hue < 170) return 'green';
  if (hue < 225) return 'cyan';
  if (hue < 300) return 'blue';
  if (hue < 328) return 'purple';
  return lightness > 62 ? 'pink' : 'purple';
}
