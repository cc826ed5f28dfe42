/** What tags bring along directly, by canonical name. */
export type Implications = ReadonlyMap<string, ReadonlySet<string>>;

/** A way from one tag to another along what brings what, both included; null when there is none. */
export function pathBetween(implications: Implications, from: string, to: string): string[] | null {
  const reachedFrom = new Map<string, string | null>([[from, null]]);
  for (const tag of reachedFrom.keys()) {
    if (tag === to) return wayTo(reachedFrom, to);
    for (const next of implications.get(tag) ?? []) if (!reachedFrom.has(next)) reachedFrom.set(next, tag);
  }
  return null;
}

/** Tags that bring each other along, the first of them again at the end; null when there are none. */
export function findCycle(implications: Implications): string[] | null {
  const done = new Set<string>();
  for (const start of implications.keys()) {
    if (done.has(start)) continue;
    const way = [start];
    const stack = [{ tag: start, rest: [...(implications.get(start) ?? [])] }];
    while (stack.length > 0) {
      const { tag, rest } = stack[stack.length - 1];
      const next = rest.pop();
      if (next === undefined) {
        done.add(tag);
        way.pop();
        stack.pop();
      } else if (way.includes(next)) {
        return [...way.slice(way.indexOf(next)), next];
      } else if (!done.has(next)) {
        way.push(next);
        stack.push({ tag: next, rest: [...(implications.get(next) ?? [])] });
      }
    }
  }
  return null;
}

/** "a → b → a" */
export function pathText(path: readonly string[]): string {
  return path.map((tag) => `“${tag}”`).join(' → ');
}

function wayTo(reachedFrom: ReadonlyMap<string, string | null>, to: string): string[] {
  const way = [to];
  for (let tag = reachedFrom.get(to) ?? null; tag !== null; tag = reachedFrom.get(tag) ?? null) way.unshift(tag);
  return way;
}
