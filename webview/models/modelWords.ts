import type { ModelDownload, ModelSummary } from '../../src/protocol/viewApi';
import { formatTimeLeft } from '../shared/formats';

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** "352 MB", "2.9 GB": powers of 1000, as the hub and shops count. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** Where a model is, in words; a download under way has words of its own. */
export function describeState({ state, bytes, partialBytes }: ModelSummary): string {
  switch (state) {
    case 'part':
      return 'Part of DataVisor';
    case 'on-disk':
      return `On disk, ${formatBytes(bytes)}`;
    case 'own-folder':
      return `In a folder of yours, ${formatBytes(bytes)}`;
    case 'broken-folder':
      return 'Its folder cannot be used';
    case 'partial':
      return `Paused: ${formatBytes(partialBytes)} of ${formatBytes(bytes)} downloaded`;
    case 'absent':
      return `Not on this computer, ${formatBytes(bytes)} to download`;
  }
}

/** "45 MB of 178 MB · 3.2 MB/s · 42 s left". */
export function describeDownload({ receivedBytes, totalBytes, bytesPerSecond }: ModelDownload): string {
  const parts = [`${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}`];
  if (bytesPerSecond !== null && bytesPerSecond > 0) {
    const left = Math.max(0, totalBytes - receivedBytes) / bytesPerSecond;
    parts.push(`${formatBytes(bytesPerSecond)}/s`, formatTimeLeft(left));
  }
  return parts.join(' · ');
}
