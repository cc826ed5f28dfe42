const NO_TEXT = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);

/** Whether keys that arrive at this element are text for it: letters, and undo of what was typed. */
export function takesText(target: EventTarget | null): boolean {
  const element = target instanceof Element ? target : null;
  if (!element) return false;
  if (element instanceof HTMLInputElement) return !NO_TEXT.has(element.type);
  return element.matches('textarea, [contenteditable]:not([contenteditable=false])');
}
