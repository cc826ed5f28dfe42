import type { SelectionMode } from './mapSelection';

/** What a key asks of the map. Directions are unit vectors with y upwards. */
export type MapCommand =
  | { readonly kind: 'pan' | 'go'; readonly direction: readonly [number, number] }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'selectView'; readonly mode: SelectionMode }
  | { readonly kind: 'fit' | 'open' | 'clear' | 'similar' | 'toggleLasso' | 'toggleRectangle' | 'toggleDensity' };

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const PLAIN: Readonly<Record<string, MapCommand>> = {
  '+': { kind: 'zoom', factor: 1.4 },
  '=': { kind: 'zoom', factor: 1.4 },
  '-': { kind: 'zoom', factor: 1 / 1.4 },
  _: { kind: 'zoom', factor: 1 / 1.4 },
  '0': { kind: 'fit' },
  Enter: { kind: 'open' },
  ' ': { kind: 'open' },
  Escape: { kind: 'clear' },
  a: { kind: 'selectView', mode: 'replace' },
  f: { kind: 'similar' },
  l: { kind: 'toggleLasso' },
  r: { kind: 'toggleRectangle' },
  d: { kind: 'toggleDensity' },
};

/** Said to screen readers, and shown as the tooltip of the help button. */
export const KEY_HELP =
  'Arrow keys move the map, plus and minus zoom, 0 shows all. Control and an arrow key go to the next point in that ' +
  'direction, Enter opens it, F shows what looks like it. A selects the points in view, Shift and A adds them. L ' +
  'switches to the lasso, R to the rectangle, D between points and density, Escape clears the selection. The list of ' +
  'clusters follows the map. With the mouse: drag to move, turn the wheel to zoom, drag with Shift to select; with ' +
  'Control too to add, with Alt to take away.';

/** The command of a key, or null when the map leaves it to others. */
export function commandOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Key): MapCommand | null {
  if (altKey) return null;
  const direction = ARROWS[key];
  if (direction) return { kind: ctrlKey || metaKey ? 'go' : 'pan', direction };
  if (ctrlKey || metaKey) return null;
  if (shiftKey && key.toLowerCase() === 'a') return { kind: 'selectView', mode: 'add' };
  return PLAIN[key.length === 1 ? key.toLowerCase() : key] ?? null;
}
