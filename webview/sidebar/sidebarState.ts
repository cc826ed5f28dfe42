import * as v from 'valibot';

const SidebarState = v.object({
  /** Facet dimensions that are folded away. */
  folded: v.fallback(v.array(v.string()), []),
  /** Facet dimensions that show all of their values, however many. */
  unabridged: v.fallback(v.array(v.string()), []),
});

/** What the sidebar remembers when its page is thrown away and rebuilt; the rest is the host's. */
export type SidebarState = v.InferOutput<typeof SidebarState>;

/** Takes whatever was saved, by this version or another; what it cannot understand becomes the default. */
export function readSidebarState(saved: unknown): SidebarState {
  const parsed = v.safeParse(SidebarState, saved ?? {});
  return parsed.success ? parsed.output : { folded: [], unabridged: [] };
}

/** The list with the name taken out, or put in. */
export function toggled(names: readonly string[], name: string): string[] {
  return names.includes(name) ? names.filter((other) => other !== name) : [...names, name];
}
