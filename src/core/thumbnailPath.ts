import { join } from 'node:path';
import type { DatasetLocation } from './datasetLocation';

/**
 * Where the thumbnail of a sample lies: spread over 256 folders, and under another name whenever the image changes,
 * so that a stale thumbnail is never shown and a cached picture never needs reloading.
 */
export function thumbnailPath(location: DatasetLocation, sample: { id: number; mtimeMs: number }): string {
  const folder = (sample.id & 255).toString(16).padStart(2, '0');
  return join(location.thumbnails, folder, `${sample.id}-${Math.round(sample.mtimeMs).toString(36)}.jpg`);
}
