import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Of the bundle in `dist/webview`. */
export type ViewName = 'sidebar' | 'panel' | 'models';

/** The page of one of our views: a strict content security policy, one script, two style sheets, no inline code. */
export function webviewHtml(webview: vscode.Webview, extensionUri: vscode.Uri, view: ViewName): string {
  const nonce = randomBytes(16).toString('base64');
  const asset = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name));
  const csp = [
    `default-src 'none'`,
    `img-src ${webview.cspSource} data: blob:`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>DataVisor</title>
<link rel="stylesheet" nonce="${nonce}" href="${asset('codicon.css').toString()}" id="vscode-codicon-stylesheet">
<link rel="stylesheet" nonce="${nonce}" href="${asset(`${view}.css`).toString()}">
</head>
<body>
<div id="app"></div>
<script nonce="${nonce}" src="${asset(`${view}.js`).toString()}"></script>
</body>
</html>`;
}
