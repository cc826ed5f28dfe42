export type ReviewMode = 'grid' | 'single';

export type ReviewAction =
  | { kind: 'approve' | 'reject' | 'undo' | 'similar' | 'help' | 'back' }
  | { kind: 'mark' | 'markAll' | 'acceptRest' | 'openSingle' }
  | { kind: 'page'; direction: 1 | -1 }
  | { kind: 'image'; direction: 1 | -1 }
  | { kind: 'choose'; number: number };

export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  /** Ctrl, or Cmd on a Mac. */
  readonly commandKey: boolean;
  readonly altKey: boolean;
}

/** What a key asks for, or null. Arrow keys in the grid are not among them: they need to know where cells lie. */
export function actionOfKey(key: Key, mode: ReviewMode): ReviewAction | null {
  if (key.altKey) return null;
  if (key.commandKey) return mode === 'grid' && key.key.toLowerCase() === 'a' ? { kind: 'markAll' } : null;
  return SHARED[key.key.toLowerCase()] ?? (mode === 'grid' ? gridAction(key) : singleAction(key));
}

const SHARED: Readonly<Record<string, ReviewAction>> = {
  a: { kind: 'approve' },
  r: { kind: 'reject' },
  u: { kind: 'undo' },
  f: { kind: 'similar' },
  g: { kind: 'back' },
  escape: { kind: 'back' },
  '?': { kind: 'help' },
};

const GRID: Readonly<Record<string, ReviewAction>> = {
  ' ': { kind: 'mark' },
  PageDown: { kind: 'page', direction: 1 },
  PageUp: { kind: 'page', direction: -1 },
};

function gridAction({ key, shiftKey }: Key): ReviewAction | null {
  if (key === 'Enter') return { kind: shiftKey ? 'acceptRest' : 'openSingle' };
  return GRID[key] ?? null;
}

const FORWARD = ['j', 'ArrowRight', 'ArrowDown'];
const BACKWARD = ['k', 'ArrowLeft', 'ArrowUp'];

function singleAction({ key }: Key): ReviewAction | null {
  if (FORWARD.includes(key)) return { kind: 'image', direction: 1 };
  if (BACKWARD.includes(key)) return { kind: 'image', direction: -1 };
  return /^[1-9]$/.test(key) ? { kind: 'choose', number: Number(key) } : null;
}

/** The keys in words, as help shows them. */
export const KEY_HELP: Readonly<Record<ReviewMode, readonly (readonly [keys: string, meaning: string])[]>> = {
  grid: [
    ['Arrow keys', 'Move between images'],
    ['Space, click', 'Mark as wrong, or take the mark back'],
    ['Shift+Arrow, Shift+click', 'Mark a range'],
    ['Ctrl+A', 'Mark the whole page, or take all marks back'],
    ['Shift+Enter', 'Accept the rest: reject what is marked, approve what is not, show the next page'],
    ['A', 'Approve this one'],
    ['R', 'Reject this one'],
    ['Page Down, Page Up', 'Next and previous page'],
    ['Enter, double click', 'Show this one large'],
    ['F', 'Find images like this one'],
    ['U, Ctrl+Z', 'Undo'],
    ['Ctrl+Shift+Z', 'Redo'],
    ['Esc', 'Take the marks back'],
  ],
  single: [
    ['A', 'Approve what is chosen'],
    ['R', 'Reject what is chosen'],
    ['1–9', 'Choose a suggestion of this image, or no longer'],
    ['J, →', 'Next image'],
    ['K, ←', 'Previous image'],
    ['F', 'Find images like this one'],
    ['U, Ctrl+Z', 'Undo'],
    ['Ctrl+Shift+Z', 'Redo'],
    ['G, Esc', 'Back to the grid'],
  ],
};
