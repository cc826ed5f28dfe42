import * as vscode from 'vscode';
import type { HostServices } from '../hostServices';
import { connectView } from '../viewConnection';

/** The list of models, in an editor tab. One a window. */
export class ModelsPanel {
  static readonly id = 'datavisor.models';
  private panel: vscode.WebviewPanel | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly services: HostServices,
  ) {}

  /** Shows it, as things are on the disk now. */
  show(): void {
    if (this.panel) {
      this.panel.reveal();
      this.services.readiness.shelf.lookAgain();
      return;
    }
    const panel = vscode.window.createWebviewPanel(ModelsPanel.id, 'DataVisor Models', vscode.ViewColumn.Active);
    this.panel = panel;
    const { extensionUri, globalStorageUri } = this.context;
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `tab-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const connection = connectView(panel.webview, 'models', extensionUri, globalStorageUri, this.services);
    panel.onDidDispose(() => {
      connection.dispose();
      this.panel = undefined;
    });
  }
}
