import type { Handlers } from '../../protocol/rpc';
import type { reviewApi } from '../../protocol/reviewApi';
import type { HostServices } from '../hostHandlers';

/** Review, for the active dataset. */
export function reviewHandlers(_services: HostServices): Handlers<typeof reviewApi> {
  return {};
}
