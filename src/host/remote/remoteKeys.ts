import type * as vscode from 'vscode';

/** Keys of remote providers, in the system's key store and nowhere else: one for each provider and host. */
export class RemoteKeys {
  constructor(private readonly secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>) {}

  /** @param provider name of its manifest */
  async of(provider: string, host: string): Promise<string | null> {
    return (await this.secrets.get(secretName(provider, host))) ?? null;
  }

  /** @param key '' forgets it */
  async set(provider: string, host: string, key: string): Promise<void> {
    if (key === '') await this.secrets.delete(secretName(provider, host));
    else await this.secrets.store(secretName(provider, host), key);
  }
}

/** A key is never sent to a host that it was not typed for. */
function secretName(provider: string, host: string): string {
  return `remote.key ${provider} ${host}`;
}
