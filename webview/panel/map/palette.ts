import { luminance, mixColors, parseColor, withContrast, type Rgb } from './color';

/** Category of a point that has none. */
export const NO_CATEGORY = 255;

/** Contrast of a point against the background; what WCAG 2.2 asks of graphics. */
export const POINT_CONTRAST = 3;

/**
 * Ten colours for dark and ten for light backgrounds. Chosen so that any two can be told apart with normal vision,
 * protanopia, deuteranopia and tritanopia, the first ones most easily.
 */
const ON_DARK = [
  '#4aa3ff',
  '#f0e169',
  '#ff5a36',
  '#5ae6c8',
  '#b05ac8',
  '#f0a587',
  '#6a6af0',
  '#1ea55a',
  '#ff7ac8',
  '#b4d200',
];
const ON_LIGHT = [
  '#2a44e8',
  '#f0330a',
  '#448811',
  '#770066',
  '#5590ff',
  '#990000',
  '#e612bb',
  '#aa4477',
  '#333399',
  '#cc7777',
];

/** Labels that are colours are shown in them. */
const NAMED: Readonly<Record<string, string>> = {
  black: '#000000',
  gray: '#808080',
  white: '#ffffff',
  red: '#e03131',
  orange: '#f08c1e',
  brown: '#8a5a32',
  yellow: '#f2d21f',
  green: '#37a34a',
  cyan: '#22b8cf',
  blue: '#2f6fe0',
  purple: '#8a3fc0',
  pink: '#f285b5',
};

/**
 * One colour for each label, in order, all visible on the background. After ten they repeat, each time closer to the
 * background's opposite: more than that cannot be told apart by colour alone.
 */
export function categoryColors(labels: readonly string[], background: Rgb): Rgb[] {
  const isDark = luminance(background) < 0.18;
  const base = (isDark ? ON_DARK : ON_LIGHT).map(rgb);
  const far: Rgb = isDark ? [255, 255, 255] : [0, 0, 0];
  const allNamed = labels.length > 0 && labels.every((label) => label in NAMED);
  return labels.map((label, i) => {
    if (allNamed) return withContrast(rgb(NAMED[label]), background, 1.8);
    const round = Math.floor(i / base.length);
    const color = mixColors(base[i % base.length], far, 1 - 0.7 ** round);
    return withContrast(color, background, POINT_CONTRAST);
  });
}

/** Colour of points without a category: gray beside others, the first of the palette where nothing is coloured. */
export function noCategoryColor(labels: readonly string[], background: Rgb): Rgb {
  if (labels.length > 0) return withContrast([138, 138, 138], background, POINT_CONTRAST);
  return categoryColors([''], background)[0];
}

/**
 * The colour of a category as a CSS value, for legends. It follows the theme by itself: the map publishes its colours
 * as custom properties of the page.
 */
export function legendColor(category: number): string {
  return `var(${legendProperty(category)})`;
}

/** The custom property with the colours of a measure, as a gradient. */
export const MEASURE_GRADIENT = '--datavisor-map-measure';

export function legendProperty(category: number): string {
  return `--datavisor-map-${category === NO_CATEGORY ? 'none' : category}`;
}

function rgb(hex: string): Rgb {
  const color = parseColor(hex);
  if (!color) throw new Error(`no colour: ${hex}`);
  return color;
}
