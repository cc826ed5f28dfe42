import type { Client } from '../../../src/protocol/rpc';
import { UserError } from '../../../src/protocol/userError';
import type { HostApi } from '../../../src/protocol/viewApi';
import { formatCount } from '../../shared/formats';
import type { GridOrder } from '../gridOrder';
import type { SelectionModel } from './selectionModel';

/** The most images that can be selected one by one: more than that is a job for the filter. */
export const LONGEST_RANGE = 200_000;

/**
 * Selects exactly the images between two places in the list, both included, in either order.
 * @throws UserError 'range-too-long'
 */
export async function selectRange(
  host: Pick<Client<HostApi>, 'sampleRange'>,
  selection: SelectionModel,
  from: number,
  to: number,
  order: GridOrder,
): Promise<void> {
  const count = Math.abs(from - to) + 1;
  if (count > LONGEST_RANGE) {
    throw new UserError(
      'range-too-long',
      `At most ${formatCount(LONGEST_RANGE)} images can be selected. Narrow the filter down and use “Tag all” instead.`,
    );
  }
  selection.selectOnly(await host.sampleRange({ offset: Math.min(from, to), count, ...order }));
}
