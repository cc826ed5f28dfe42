import * as vscode from 'vscode';
import { Endpoint, type Client } from '../protocol/rpc';
import { hostApi, viewApi, type ViewApi } from '../protocol/viewApi';
import { hostHandlers } from './hostHandlers';
import type { HostServices } from './hostServices';
import { Throttle } from './throttle';
import { webviewHtml, type ViewName } from './webviewHtml';
import { webviewTransport } from './webviewTransport';

/** Progress changes the state many times a second; a view hears of it at most this often. */
const STATE_INTERVAL_MS = 100;

/** A webview that shows one of our pages. */
export interface ViewConnection {
  /** Does not answer while the view is hidden. */
  readonly remote: Client<ViewApi>;
  dispose(): void;
}

/** Fills a webview with one of our pages and keeps it told of the state, until it is disposed. */
export function connectView(
  webview: vscode.Webview,
  view: ViewName,
  extensionUri: vscode.Uri,
  storage: vscode.Uri,
  services: HostServices,
): ViewConnection {
  const { registry, log } = services;
  const subscriptions: vscode.Disposable[] = [];
  const setRoots = () => {
    // A webview reads files of its own assets and of the thumbnail caches only; the panel shows the images themselves.
    const folders = registry.all.map(({ uri }) => (view === 'panel' ? uri : vscode.Uri.joinPath(uri, '.datavisor')));
    webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview'), storage, ...folders],
    };
  };
  setRoots();
  let roots = registry.all.length;

  const endpoint = new Endpoint(
    webviewTransport(webview, subscriptions),
    hostApi,
    hostHandlers(services, webview),
    viewApi,
    (violation) => log.error(`Message of the ${view}`, violation),
  );
  const tell = new Throttle(STATE_INTERVAL_MS, () => {
    const revision = registry.active?.revision ?? 0;
    // A view that is hidden or going away does not answer; it asks for the state itself when it is back.
    endpoint.remote.stateChanged({ state: services.state(), revision }).catch(() => undefined);
  });
  subscriptions.push(
    services.onDidChange(() => {
      if (registry.all.length !== roots) {
        roots = registry.all.length;
        setRoots();
      }
      tell.request();
    }),
  );
  webview.html = webviewHtml(webview, extensionUri, view);
  return {
    remote: endpoint.remote,
    dispose: () => {
      tell.dispose();
      endpoint.close(`the ${view} was closed`);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
