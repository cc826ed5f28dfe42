import type * as vscode from 'vscode';
import type { HostServices } from './hostServices';
import { connectView } from './viewConnection';

/** The sidebar: datasets, run status, search, facets. */
export class SidebarView implements vscode.WebviewViewProvider {
  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly services: HostServices,
  ) {}

  async resolveWebviewView(view: vscode.WebviewView): Promise<void> {
    const { extensionUri, globalStorageUri } = this.context;
    const connection = connectView(view.webview, 'sidebar', extensionUri, globalStorageUri, this.services);
    view.onDidDispose(() => {
      connection.dispose();
    });
    await this.services.registry.active?.openIfIndexed();
  }
}
