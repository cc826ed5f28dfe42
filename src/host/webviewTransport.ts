import type * as vscode from 'vscode';
import type { Transport } from '../protocol/rpc';

/** Messages to and from one webview. A message to a webview that is gone is dropped: its endpoint closes with it. */
export function webviewTransport(webview: vscode.Webview, subscriptions: vscode.Disposable[]): Transport {
  return {
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => void webview.onDidReceiveMessage(listener, undefined, subscriptions),
  };
}
