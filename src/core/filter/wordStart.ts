/** Whether a word of a tag begins so. Words of a tag stand between spaces and hyphens. Both in lower case. */
export function beginsWordOf(tag: string, text: string): boolean {
  return tag.startsWith(text) || tag.includes(` ${text}`) || tag.includes(`-${text}`);
}
