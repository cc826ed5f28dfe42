import * as vscode from 'vscode';
import { PANEL_ID } from './contributed';
import type { DatasetSession } from './datasetSession';
import type { HostServices } from './hostHandlers';
import { connectView } from './viewConnection';

/** The panel: grid and map of the active dataset. One a window; it comes back after a reload. */
export class PanelView implements vscode.WebviewPanelSerializer {
  private panel: vscode.WebviewPanel | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly services: HostServices,
  ) {}

  /** Shows the dataset, in the panel there is or in a new one. */
  async show(session: DatasetSession): Promise<void> {
    await this.services.registry.setActive(session);
    if (this.panel) this.panel.reveal();
    else this.adopt(vscode.window.createWebviewPanel(PANEL_ID, 'DataVisor', vscode.ViewColumn.Active));
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.adopt(panel);
    await this.services.registry.active?.openIfIndexed();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    const { extensionUri, globalStorageUri } = this.context;
    // A tab's icon is an image, in which `currentColor` would be black on every theme.
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `tab-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const connection = connectView(panel.webview, 'panel', extensionUri, globalStorageUri, this.services);
    panel.onDidDispose(() => {
      connection.dispose();
      if (this.panel === panel) this.panel = undefined;
    });
  }
}
