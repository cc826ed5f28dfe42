import * as vscode from 'vscode';
import { COMMAND_IDS, PANEL_ID, SIDEBAR_ID } from './host/contributed';
import type { Host } from './host/startHost';

/** Registers what VS Code may ask for. The rest is a bundle beside this one, which is read when it does. */
export function activate(context: vscode.ExtensionContext): void {
  let started: Promise<Host> | undefined;
  const host = () => (started ??= import('./host/startHost').then(({ startHost }) => startHost(context)));
  context.subscriptions.push(
    ...COMMAND_IDS.map((id) =>
      vscode.commands.registerCommand(id, async (argument: unknown) => (await host()).runCommand(id, argument)),
    ),
    vscode.window.registerWebviewViewProvider(SIDEBAR_ID, {
      resolveWebviewView: async (...args) => (await host()).sidebar.resolveWebviewView(...args),
    }),
    vscode.window.registerWebviewPanelSerializer(PANEL_ID, {
      deserializeWebviewPanel: async (...args) => (await host()).panel.deserializeWebviewPanel(...args),
    }),
  );
}
