import path from 'node:path';
import * as vscode from 'vscode';
import { parseEndpoint } from '../../core/remote/endpoint';
import type { RemoteServer } from '../../core/remote/remoteServer';
import type { RemoteLimits } from '../../core/remote/remoteTagger';
import type { RemoteManifest } from '../../protocol/remoteManifest';
import { UserError } from '../../protocol/userError';
import type { Log } from '../log';
import { remoteLimitsSetting } from '../settings';
import { RemoteConfigs } from './remoteConfigs';
import { RemoteKeys } from './remoteKeys';
import { parseLimits } from './remoteLimits';
import { REMEDIES } from './remoteRemedies';
import { remoteTitle, titleOfRemote } from './remoteTitles';

/** After so long without a complete answer a request counts as failed. Local servers load a model first. */
const TIMEOUT_MS = 120_000;

/** A remote provider with all that asking it takes, but the consent to send images to it. */
export interface ReadyRemote {
  /** That its answers are stored under. */
  readonly name: string;
  readonly title: string;
  readonly server: RemoteServer;
  readonly limits: RemoteLimits;
}

/** The providers that images can be sent to, how they were set up, and their keys. The core is loaded when first asked. */
export class RemoteProviders {
  readonly configs: RemoteConfigs;
  readonly keys: RemoteKeys;
  private manifests: Promise<readonly RemoteManifest[]> | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: Log,
  ) {
    this.configs = new RemoteConfigs(context.workspaceState, context.globalState);
    this.keys = new RemoteKeys(context.secrets);
  }

  /** All that there are, whatever was set up. */
  catalog(): Promise<readonly RemoteManifest[]> {
    this.manifests ??= this.readCatalog();
    return this.manifests;
  }

  /** Whether answers under this name are those of a remote provider, set up here or elsewhere. */
  async isRemote(name: string): Promise<boolean> {
    return (await this.titles())(name) !== null;
  }

  /** What people call it; null for a name of something else. */
  async titles(): Promise<(name: string) => string | null> {
    const manifests = await this.catalog();
    const configs = this.configs.all;
    return (name) => titleOfRemote(name, manifests, configs);
  }

  /**
   * A provider that was set up, ready to be asked.
   * @param name that its answers are stored under
   * @throws UserError `workspace-untrusted`, `remote-unknown`, `remote-limits-invalid`, `endpoint-invalid`,
   * `api-key-missing`
   */
  async find(name: string): Promise<ReadyRemote> {
    requireTrust();
    const config = this.configs.all.get(name);
    const manifest = (await this.catalog()).find((each) => each.name === config?.provider);
    if (!config || !manifest) {
      throw new UserError(
        'remote-unknown',
        `${name} is not set up here. Run “DataVisor: Choose Provider” and choose it.`,
      );
    }
    const limits = parseLimits(manifest, remoteLimitsSetting());
    const endpoint = parseEndpoint(manifest.endpoint ?? config.endpoint);
    const apiKey = await this.keys.of(manifest.name, endpoint.host);
    const title = remoteTitle(manifest, config.model);
    if (manifest.needsKey && apiKey === null) {
      throw new UserError(
        'api-key-missing',
        `${manifest.title} answers nobody without a key, so nothing was sent. Set yours with “DataVisor: Set API Key of a Remote Provider”.`,
      );
    }
    const { loadProtocol } = await import('../../core/remote/loadProtocol');
    const protocol = await loadProtocol(manifest);
    const server: RemoteServer = {
      ...{ manifest, protocol, endpoint, apiKey, model: config.model, options: {} },
      ...{ timeoutMs: TIMEOUT_MS, remedies: REMEDIES },
      fetch: (url, init) => globalThis.fetch(url, init), // as it is by then: VS Code has it know proxies and certificates
    };
    return { name, title, server, limits };
  }

  private async readCatalog(): Promise<readonly RemoteManifest[]> {
    const { readRemoteCatalog } = await import('../../core/remote/remoteCatalog');
    return readRemoteCatalog(path.join(this.context.extensionUri.fsPath, 'dist', 'models'), (line) =>
      this.log.info(line),
    );
  }
}

/** @throws UserError `workspace-untrusted`: who made a folder must not decide that its images are sent anywhere */
function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new UserError(
    'workspace-untrusted',
    'Nothing was sent: images are sent only from a workspace that you trust. Trust it (“Workspaces: Manage Workspace Trust”), or choose another provider with “DataVisor: Choose Provider”.',
  );
}
