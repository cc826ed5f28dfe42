import * as vscode from 'vscode';
import type { PanelTabName } from '../protocol/viewApi';
import { PANEL_ID } from './contributed';
import type { DatasetSession } from './datasetSession';
import type { HostServices } from './hostServices';
import type { ShownTab } from './shownTab';
import { connectView, type ViewConnection } from './viewConnection';

/** The panel: the active dataset's images, review, tags, policy and runs. One a window; it comes back after a reload. */
export class PanelView implements vscode.WebviewPanelSerializer {
  private readonly visibilityChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeVisibility = this.visibilityChanged.event;
  private shown: { readonly panel: vscode.WebviewPanel; readonly connection: ViewConnection } | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly services: HostServices,
    private readonly shownTab: ShownTab,
  ) {
    context.subscriptions.push(this.visibilityChanged);
  }

  get isVisible(): boolean {
    return this.shown?.panel.visible ?? false;
  }

  /** Shows the dataset, in the panel there is or in a new one. */
  async show(session: DatasetSession, tab: PanelTabName = 'images'): Promise<void> {
    await this.services.registry.setActive(session);
    this.shownTab.ask(tab);
    if (this.shown) this.shown.panel.reveal();
    else this.adopt(vscode.window.createWebviewPanel(PANEL_ID, 'DataVisor', vscode.ViewColumn.Active));
  }

  /** Ids of the images selected in the grid; none while the panel is closed or hidden. */
  async selectedImages(): Promise<Int32Array> {
    return this.shown?.panel.visible ? this.shown.connection.remote.selectedImages(null) : new Int32Array();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.adopt(panel);
    await this.services.registry.active?.openIfIndexed();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    const { extensionUri, globalStorageUri } = this.context;
    // A tab's icon is an image, in which `currentColor` would be black on every theme.
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `tab-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const connection = connectView(panel.webview, 'panel', extensionUri, globalStorageUri, this.services);
    this.shown = { panel, connection };
    panel.onDidChangeViewState(() => this.visibilityChanged.fire());
    panel.onDidDispose(() => {
      connection.dispose();
      if (this.shown?.panel === panel) this.shown = undefined;
      this.visibilityChanged.fire();
    });
    this.visibilityChanged.fire();
  }
}
