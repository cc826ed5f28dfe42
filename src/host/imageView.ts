import path from 'node:path';
import * as vscode from 'vscode';
import type { Dataset } from '../core/dataset';
import type { Thumbnails } from './thumbnails';

/** Endings of the formats that every browser shows by itself. */
const SHOWN_BY_BROWSERS = new Set(['.jpg', '.jpeg', '.jpe', '.jfif', '.png', '.webp', '.gif', '.avif', '.bmp']);

/**
 * The address at which a webview can show an image as large as it is; of other formats the address of the thumbnail.
 * Null when there is neither.
 */
export async function imageUri(
  dataset: Dataset,
  id: number,
  webview: vscode.Webview,
  thumbnails: Thumbnails,
  signal: AbortSignal,
): Promise<string | null> {
  const [sample] = await dataset.samplesByIds([id]);
  if (!sample) return null;
  if (!sample.missing && isShownByBrowsers(sample.path)) {
    return webview.asWebviewUri(vscode.Uri.file(path.join(dataset.location.folder, sample.path))).toString();
  }
  const [made] = await thumbnails.make(dataset, [sample], webview, signal);
  return made?.uri ?? null;
}

function isShownByBrowsers(file: string): boolean {
  return SHOWN_BY_BROWSERS.has(path.posix.extname(file).toLowerCase());
}
