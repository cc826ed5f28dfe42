import type { GridSort } from '../../src/protocol/gridSort';
import type { Filter } from '../../src/protocol/viewApi';
import type { PanelState } from './panelState';

/** In which order the grid shows its images. */
export interface GridOrder {
  readonly sort: GridSort;
  readonly descending: boolean;
  readonly groupBy: string | null;
}

/**
 * An answer to "what is similar" comes with an order of its own, the best first, until the person chooses another one
 * for it; the order of everything else is kept meanwhile.
 */
export function orderInForce(filter: Pick<Filter, 'selection'> | undefined, state: PanelState): GridOrder {
  const ranked = filter?.selection?.ranked;
  const { sort, descending, groupBy, rankedOrder } = state;
  if (!ranked) return { sort: sort === 'similarity' ? 'path' : sort, descending, groupBy };
  if (rankedOrder?.request !== ranked.request) return { sort: 'similarity', descending: false, groupBy: null };
  return { sort: rankedOrder.sort, descending: rankedOrder.descending, groupBy: rankedOrder.groupBy };
}

/** What the panel has to remember for another order to hold. */
export function withOrder(
  filter: Pick<Filter, 'selection'> | undefined,
  state: PanelState,
  change: Partial<GridOrder>,
): Partial<PanelState> {
  const ranked = filter?.selection?.ranked;
  if (!ranked) return change;
  return { rankedOrder: { ...orderInForce(filter, state), ...change, request: ranked.request } };
}
