import type { Transform } from '../../protocol/workerApi';
import type { Likeness } from './likeness';

/** A pair of samples that look alike. */
export interface AlikePair extends Likeness {
  readonly a: number;
  readonly b: number;
  /** How `a` has to be mirrored or turned to look like `b`; null as it is. */
  readonly transform: Transform | null;
}

export interface GroupMember extends Omit<Likeness, 'foundBy'> {
  readonly id: number;
  /** What told that it is like the group's first member; null for that one and for its copies. */
  readonly foundBy: string | null;
  readonly transform: Transform | null;
}

/**
 * Groups samples that are copies of each other. Samples with the same bytes are always together; around them come those
 * that look alike. So that no chain of small differences ends in one group of everything, each member must be alike with
 * one and the same image, which comes first: the one with the most partners, and of two with as many the one that is more
 * like its own. A sample is in one group at most.
 *
 * @param copies ids of samples with the same bytes, each list of two or more
 * @returns groups of two or more, the most alike members first
 */
export function groupDuplicates(copies: readonly (readonly number[])[], pairs: readonly AlikePair[]): GroupMember[][] {
  const firstCopy = new Map(copies.flatMap((ids) => ids.map((id): [number, number] => [id, ids[0]])));
  const allCopies = new Map(copies.map((ids) => [ids[0], ids]));
  const partners = partnersOf(pairs, firstCopy);
  const groups: GroupMember[][] = [];
  const taken = new Set<number>();
  const mean = (links: ReadonlyMap<number, Link>) =>
    [...links.values()].reduce((sum, { score }) => sum + score, 0) / links.size;
  const centers = [...partners]
    .map(([id, links]) => ({ id, links, mean: mean(links) }))
    .sort((a, b) => b.links.size - a.links.size || b.mean - a.mean || a.id - b.id);
  for (const { id, links } of centers) {
    if (taken.has(id)) continue;
    const free = [...links].filter(([other]) => !taken.has(other));
    if (free.length === 0) continue;
    free.sort(([a, first], [b, second]) => second.score - first.score || a - b);
    const near: [number, Link][] = [[id, THE_SAME], ...free];
    groups.push(near.flatMap(([one, link]) => (allCopies.get(one) ?? [one]).map((copy) => ({ id: copy, ...link }))));
    for (const [one] of near) taken.add(one);
  }
  for (const [first, ids] of allCopies) {
    if (!taken.has(first)) groups.push(ids.map((id) => ({ id, ...THE_SAME })));
  }
  return groups;
}

type Link = Omit<GroupMember, 'id'>;

const THE_SAME: Link = { foundBy: null, likeness: 100, score: 100, transform: null };

/** By sample, what tells best that it is like another; samples with the same bytes are one. */
function partnersOf(
  pairs: readonly AlikePair[],
  firstCopy: ReadonlyMap<number, number>,
): Map<number, Map<number, Link>> {
  const partners = new Map<number, Map<number, Link>>();
  const link = (from: number, to: number, { foundBy, likeness, score, transform }: Link): void => {
    const links = partners.get(from) ?? new Map<number, Link>();
    partners.set(from, links);
    if ((links.get(to)?.score ?? -Infinity) < score) links.set(to, { foundBy, likeness, score, transform });
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
