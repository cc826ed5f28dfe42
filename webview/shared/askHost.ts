import type { Client } from '../../src/protocol/rpc';
import type { HostApi } from '../../src/protocol/viewApi';
import { errorText } from './errorText';
import type { HostConnection } from './hostConnection';

/**
 * Asks the host for what a person wants done.
 * @param tell hears why it came to nothing, in words, and null at the start
 */
export function askHost(
  connection: HostConnection | undefined,
  action: (host: Client<HostApi>) => Promise<unknown>,
  tell: (failure: string | null) => void,
): void {
  tell(null);
  if (!connection) return;
  action(connection.host).catch((error: unknown) => {
    tell(errorText(error));
    connection.reportError(error);
  });
}
