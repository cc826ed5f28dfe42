import type { Handlers } from '../../protocol/rpc';
import type { runsApi } from '../../protocol/runsApi';
import type { HostServices } from '../hostHandlers';

/** Runs and failures, for the active dataset. */
export function runsHandlers(_services: HostServices): Handlers<typeof runsApi> {
  return {};
}
