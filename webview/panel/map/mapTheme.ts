import { formatColor, parseColor, type Rgb } from './color';
import { categoryColors, legendProperty, NO_CATEGORY, noCategoryColor } from './palette';

/** Colours of the map under the current theme. */
export interface MapTheme {
  readonly background: Rgb;
  readonly foreground: Rgb;
  readonly focus: string;
  readonly highContrast: boolean;
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
    highContrast: classes.contains('vscode-high-contrast'),
  };
}

/** 256 RGBA colours, one for each category byte; the last is that of points without a category. */
export function paletteBytes(labels: readonly string[], background: Rgb): Uint8Array {
  const bytes = new Uint8Array(256 * 4);
  const none = noCategoryColor(labels, background);
  const colors = categoryColors(labels, background);
  for (let category = 0; category < 256; category++) {
    const color = (category === NO_CATEGORY ? undefined : colors[category]) ?? none;
    bytes.set([...color.map(Math.round), 255], category * 4);
  }
  return bytes;
}

/** Makes the colours available to the page as `legendColor` names them. */
export function publishColors(labels: readonly string[], background: Rgb): void {
  const { style } = document.body;
  categoryColors(labels, background).forEach((color, i) => style.setProperty(legendProperty(i), formatColor(color)));
  style.setProperty(legendProperty(NO_CATEGORY), formatColor(noCategoryColor(labels, background)));
}

/** Calls back after every change of theme; returns how to stop. */
export function watchTheme(changed: () => void): () => void {
  // VS Code swaps the classes of the body and writes the theme's variables on the root element
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  return () => observer.disconnect();
}
