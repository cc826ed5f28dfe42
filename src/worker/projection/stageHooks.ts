import type { Pacer } from '../numeric/pacer';

/** What a stage of the projection needs from outside: when to breathe, and whom to tell how far it is (0 to 1). */
export interface StageHooks {
  pacer: Pacer;
  progress: (fraction: number) => void;
}

/** Lets the event loop run, and tells the progress, when the slice is used up. @throws when aborted. */
export async function breathe({ pacer, progress }: StageHooks, fraction: () => number): Promise<void> {
  if (!pacer.due()) return;
  progress(fraction());
  await pacer.pause();
}

/** The hooks of a part of a stage, which reaches from `start` to `end` of it. */
export function span({ pacer, progress }: StageHooks, start: number, end: number): StageHooks {
  return { pacer, progress: (fraction) => progress(start + (end - start) * fraction) };
}
