import type { Handlers } from '../../protocol/rpc';
import type { savedViewApi } from '../../protocol/savedViewApi';
import type { HostServices } from '../hostHandlers';

/** Completion and saved views, for the active dataset. */
export function savedViewHandlers(_services: HostServices): Handlers<typeof savedViewApi> {
  return {};
}
