/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Reads `#rgb`, `#rrggbb`, `#rrggbbaa` and `rgb(…)`/`rgba(…)`, as themes and `getComputedStyle` give them. */
export function parseColor(text: string): Rgb | null {
  const hex = /^#([\da-f]{3}|[\da-f]{6}|[\da-f]{8})$/i.exec(text.trim())?.[1];
  if (hex) {
    const step = hex.length === 3 ? 1 : 2;
    const channel = (i: number) => parseInt(hex.slice(i * step, (i + 1) * step).repeat(3 - step), 16);
    return [channel(0), channel(1), channel(2)];
  }
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/i.exec(text.trim());
  return parts ? [Number(parts[1]), Number(parts[2]), Number(parts[3])] : null;
}

export function formatColor([r, g, b]: Rgb): string {
  return `#${[r, g, b].map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

/** `share` 0 gives the first colour, 1 the second. */
export function mixColors(first: Rgb, second: Rgb, share: number): Rgb {
  const channel = (i: 0 | 1 | 2) => first[i] + (second[i] - first[i]) * share;
  return [channel(0), channel(1), channel(2)];
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
export function luminance(color: Rgb): number {
  const [r, g, b] = color.map((channel) => {
    const v = channel / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio, 1 to 21 (WCAG 2.2). */
export function contrast(first: Rgb, second: Rgb): number {
  const [a, b] = [luminance(first), luminance(second)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The colour, moved towards white or black just as far as it must to stand out from the background. */
export function withContrast(color: Rgb, background: Rgb, ratio: number): Rgb {
  const goal: Rgb = luminance(background) < 0.18 ? [255, 255, 255] : [0, 0, 0];
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mixColors(color, goal, share);
    if (contrast(mixed, background) >= ratio) return mixed;
  }
  return goal;
}
