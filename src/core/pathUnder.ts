/** Whether a path is `top` or lies below it; both relative with slashes, '' being the dataset's folder. */
export function isUnder(path: string, top: string): boolean {
  return top === '' || path === top || path.startsWith(`${top}/`);
}
