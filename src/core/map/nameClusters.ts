/** How often each of some words is in each cluster. */
export interface WordCounts {
  readonly words: readonly string[];
  /** `inCluster[c * words.length + w]`: points of cluster c that have word w. */
  readonly inCluster: Uint32Array;
  /** Of all points, those of no cluster included. */
  readonly inAll: Uint32Array;
}

/** A word that sets a cluster apart from the rest of the map. */
export interface TellingWord {
  readonly word: string;
  /** Share of the cluster's points that have it, 0 to 1. */
  readonly share: number;
}

/** A word counts from this share of the cluster on, and when it is so many times as frequent there as elsewhere. */
const LEAST_SHARE = 0.2;
const LEAST_LIFT = 1.5;
/** A second word belongs to the name when it tells nearly as much as the first. */
const SECOND_WORD = 0.6;

/**
 * The words that set each cluster apart, the most telling first: share in the cluster times the logarithm of its ratio
 * to the share elsewhere, which is shrunk so that few points cannot make much of a word.
 */
export function tellingWords(
  { words, inCluster, inAll }: WordCounts,
  sizes: readonly number[],
  count: number,
): TellingWord[][] {
  return sizes.map((size, cluster) => {
    const found: (TellingWord & { score: number })[] = [];
    words.forEach((word, index) => {
      const inside = inCluster[cluster * words.length + index];
      const share = inside / size;
      if (share < LEAST_SHARE) return;
      const elsewhere = (inAll[index] - inside + 1) / (count - size + 2);
      const lift = (inside + 0.5) / (size + 1) / elsewhere;
      if (lift >= LEAST_LIFT) found.push({ word, share, score: share * Math.log(lift) });
    });
    found.sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1));
    const [best] = found;
    return found.slice(0, 5).filter(({ score }) => score > SECOND_WORD * best.score);
  });
}

/** A name for each cluster: its two most telling words, or its number; no two are the same. */
export function nameClusters(telling: readonly (readonly TellingWord[])[]): string[] {
  const uses = new Map<string, number>();
  return telling.map((words, index) => {
    const name =
      words.length > 0
        ? words
            .slice(0, 2)
            .map(({ word }) => word)
            .join(', ')
        : `Cluster ${index + 1}`;
    const use = (uses.get(name) ?? 0) + 1;
    uses.set(name, use);
    return use > 1 ? `${name} (${use})` : name;
  });
}
