import type { Handlers } from '../../protocol/rpc';
import type { policyApi } from '../../protocol/policyApi';
import type { HostServices } from '../hostHandlers';

/** Policy and mappings, for the active dataset. */
export function policyHandlers(_services: HostServices): Handlers<typeof policyApi> {
  return {};
}
