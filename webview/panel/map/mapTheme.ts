import { formatColor, parseColor, type Rgb } from './color';
import { measureColors, measureGradient } from './measurePalette';
import { categoryColors, legendProperty, MEASURE_GRADIENT, NO_CATEGORY, noCategoryColor } from './palette';

/** Colours of the map under the current theme. */
export interface MapTheme {
  readonly background: Rgb;
  readonly foreground: Rgb;
  readonly focus: string;
  readonly highContrast: boolean;
  /** Families, as CSS names them. */
  readonly font: string;
}

/** What the categories of points stand for. */
export interface Colored {
  readonly labels: readonly string[];
  /** They are the steps of a measure, from low to high. */
  readonly isMeasure?: boolean;
}

const DARK: Rgb = [31, 31, 31];
const LIGHT: Rgb = [255, 255, 255];

export function readTheme(element: Element): MapTheme {
  const style = getComputedStyle(element);
  const color = (name: string) => parseColor(style.getPropertyValue(name));
  const classes = document.body.classList;
  const isLight = classes.contains('vscode-light') || classes.contains('vscode-high-contrast-light');
  const background = color('--vscode-editor-background') ?? (isLight ? LIGHT : DARK);
  const foreground = color('--vscode-editor-foreground') ?? (isLight ? DARK : LIGHT);
  return {
    background,
    foreground,
    focus: formatColor(color('--vscode-focusBorder') ?? foreground),
    highContrast: classes.contains('vscode-high-contrast') || classes.contains('vscode-high-contrast-light'),
    font: style.getPropertyValue('--vscode-font-family') || 'sans-serif',
  };
}

/** 256 RGBA colours, one for each category byte; the last is that of points without a category. */
export function paletteBytes(colored: Colored, background: Rgb): Uint8Array {
  const bytes = new Uint8Array(256 * 4);
  const { colors, none } = colorsOf(colored, background);
  for (let category = 0; category < 256; category++) {
    const color = (category === NO_CATEGORY ? undefined : colors[category]) ?? none;
    bytes.set([...color.map(Math.round), 255], category * 4);
  }
  return bytes;
}

/** Makes the colours available to the page as `legendColor` and `MEASURE_GRADIENT` name them. */
export function publishColors(colored: Colored, background: Rgb): void {
  const { style } = document.body;
  const { colors, none } = colorsOf(colored, background);
  if (colored.isMeasure) style.setProperty(MEASURE_GRADIENT, measureGradient(background));
  else colors.forEach((color, i) => style.setProperty(legendProperty(i), formatColor(color)));
  style.setProperty(legendProperty(NO_CATEGORY), formatColor(none));
}

function colorsOf({ labels, isMeasure }: Colored, background: Rgb): { colors: readonly Rgb[]; none: Rgb } {
  if (isMeasure) return { colors: measureColors(background), none: noCategoryColor(['measured'], background) };
  return { colors: categoryColors(labels, background), none: noCategoryColor(labels, background) };
}

/** Calls back after every change of theme; returns how to stop. */
export function watchTheme(changed: () => void): () => void {
  // VS Code swaps the classes of the body and writes the theme's variables on the root element
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  return () => observer.disconnect();
}
