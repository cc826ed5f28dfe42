import type { Handlers } from '../../protocol/rpc';
import type { tagApi } from '../../protocol/tagApi';
import type { HostServices } from '../hostHandlers';

/** Tags by hand, for the active dataset. */
export function tagHandlers(_services: HostServices): Handlers<typeof tagApi> {
  return {};
}
