import type { FacetDimension, Filter } from '../../src/protocol/viewApi';

interface Wish {
  readonly picked: boolean;
  /** The host has taken it: the next state tells the truth again. */
  answered: boolean;
}

/**
 * What was clicked but is not in the host's state yet. A checkbox shows the click at once and keeps showing it, whatever
 * older states arrive meanwhile, until a state comes that was made after the host took it.
 */
export class OptimisticPicks {
  private readonly wishes = new Map<string, Wish>();

  /** @param send resolves once the host has taken it */
  async pick(dimension: string, value: string, picked: boolean, send: () => Promise<unknown>): Promise<void> {
    const key = keyOf(dimension, value);
    const wish: Wish = { picked, answered: false };
    this.wishes.set(key, wish);
    try {
      await send();
      wish.answered = true;
    } catch (error) {
      if (this.wishes.get(key) === wish) this.wishes.delete(key);
      throw error;
    }
  }

  /** A state of the host came: what it had taken before is in it. */
  stateCame(): void {
    for (const [key, { answered }] of this.wishes) if (answered) this.wishes.delete(key);
  }

  /** All picks are taken back, or another dataset is shown. */
  forget(): void {
    this.wishes.clear();
  }

  /** Facets with what is picked now: their counts may be those of an earlier filter. */
  shownIn(dimensions: readonly FacetDimension[], filter: Pick<Filter, 'picks'>): FacetDimension[] {
    return dimensions.map((dimension) => ({
      ...dimension,
      values: dimension.values.map((each) => ({ ...each, picked: this.isPicked(dimension.name, each.value, filter) })),
    }));
  }

  isPicked(dimension: string, value: string, { picks }: Pick<Filter, 'picks'>): boolean {
    return this.wishes.get(keyOf(dimension, value))?.picked ?? picks[dimension]?.includes(value) ?? false;
  }
}

function keyOf(dimension: string, value: string): string {
  return JSON.stringify([dimension, value]);
}
