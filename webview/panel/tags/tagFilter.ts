/** The filter that lets pass what has a tag. */
export function tagFilter(tag: string): string {
  return /^[\p{L}\p{M}\p{N}-]+$/u.test(tag) ? `tag:${tag}` : `tag:"${tag}"`;
}
