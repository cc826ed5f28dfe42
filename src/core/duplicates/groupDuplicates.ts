import type { Transform } from '../../protocol/workerApi';

/** A pair of samples that look alike. */
export interface AlikePair {
  readonly a: number;
  readonly b: number;
  /** Bits in which their sign codes differ. */
  readonly distance: number;
  /** How `a` has to be mirrored or turned to look like `b`; null as it is. */
  readonly transform: Transform | null;
}

export interface GroupMember {
  readonly id: number;
  /** Bits in which its sign code differs from that of the group's first member; 0 for that one and for its copies. */
  readonly distance: number;
  readonly transform: Transform | null;
}

/**
 * Groups samples that are copies of each other. Samples with the same bytes are always together; around them come those
 * that look alike. So that no chain of small differences ends in one group of everything, each member must be within the
 * distance of one and the same image, which comes first: the one with the most partners, and of two with as many the one
 * that is nearer to its own. A sample is in one group at most.
 *
 * @param copies ids of samples with the same bytes, each list of two or more
 * @returns groups of two or more, the nearest members first
 */
export function groupDuplicates(copies: readonly (readonly number[])[], pairs: readonly AlikePair[]): GroupMember[][] {
  const firstCopy = new Map(copies.flatMap((ids) => ids.map((id): [number, number] => [id, ids[0]])));
  const allCopies = new Map(copies.map((ids) => [ids[0], ids]));
  const partners = partnersOf(pairs, firstCopy);
  const groups: GroupMember[][] = [];
  const taken = new Set<number>();
  const spread = (links: ReadonlyMap<number, Link>) =>
    [...links.values()].reduce((sum, { distance }) => sum + distance, 0) / links.size;
  const centers = [...partners]
    .map(([id, links]) => ({ id, links, mean: spread(links) }))
    .sort((a, b) => b.links.size - a.links.size || a.mean - b.mean || a.id - b.id);
  for (const { id, links } of centers) {
    if (taken.has(id)) continue;
    const free = [...links].filter(([other]) => !taken.has(other));
    if (free.length === 0) continue;
    free.sort(([a, first], [b, second]) => first.distance - second.distance || a - b);
    const near: [number, Link][] = [[id, AS_IT_IS], ...free];
    groups.push(near.flatMap(([one, link]) => (allCopies.get(one) ?? [one]).map((copy) => ({ id: copy, ...link }))));
    for (const [one] of near) taken.add(one);
  }
  for (const [first, ids] of allCopies) {
    if (!taken.has(first)) groups.push(ids.map((id) => ({ id, ...AS_IT_IS })));
  }
  return groups;
}

interface Link {
  readonly distance: number;
  readonly transform: Transform | null;
}

const AS_IT_IS: Link = { distance: 0, transform: null };

/** By sample, its nearest likeness to every other; samples with the same bytes are one. */
function partnersOf(
  pairs: readonly AlikePair[],
  firstCopy: ReadonlyMap<number, number>,
): Map<number, Map<number, Link>> {
  const partners = new Map<number, Map<number, Link>>();
  const link = (from: number, to: number, { distance, transform }: Link): void => {
    const links = partners.get(from) ?? new Map<number, Link>();
    partners.set(from, links);
    if ((links.get(to)?.distance ?? Infinity) > distance) links.set(to, { distance, transform });
  };
  for (const pair of pairs) {
    const a = firstCopy.get(pair.a) ?? pair.a;
    const b = firstCopy.get(pair.b) ?? pair.b;
    if (a === b) continue;
    link(a, b, pair);
    link(b, a, pair);
  }
  return partners;
}
