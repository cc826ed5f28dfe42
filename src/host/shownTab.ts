import * as vscode from 'vscode';
import type { PanelTabName, ViewState } from '../protocol/viewApi';

/** Which part of the panel the commands ask for. Part of the state, as a panel that is just opening has to hear of it. */
export class ShownTab implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private asked: ViewState['shown'] = null;

  get forViews(): ViewState['shown'] {
    return this.asked;
  }

  /** The clock numbers the requests, so that one after a restart is newer than what a panel remembers. */
  ask(tab: PanelTabName): void {
    this.asked = { tab, request: Math.max(Date.now(), (this.asked?.request ?? 0) + 1) };
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
