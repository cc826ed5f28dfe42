import { byteSize } from '../../src/protocol/byteSize';
import type { ModelDownload, ModelSummary } from '../../src/protocol/viewApi';
import { formatTimeLeft } from '../shared/formats';

/** Where a model is, in words; a download under way has words of its own. */
export function describeState({ state, bytes, partialBytes }: ModelSummary): string {
  switch (state) {
    case 'part':
      return 'Part of DataVisor';
    case 'on-disk':
      return `On disk, ${byteSize(bytes)}`;
    case 'own-folder':
      return `In a folder of yours, ${byteSize(bytes)}`;
    case 'broken-folder':
      return 'Its folder cannot be used';
    case 'partial':
      return `Paused: ${byteSize(partialBytes)} of ${byteSize(bytes)} downloaded`;
    case 'absent':
      return `Not on this computer, ${byteSize(bytes)} to download`;
  }
}

/** "45 MB of 178 MB · 3.2 MB/s · 42 s left". */
export function describeDownload({ receivedBytes, totalBytes, bytesPerSecond }: ModelDownload): string {
  const parts = [`${byteSize(receivedBytes)} of ${byteSize(totalBytes)}`];
  if (bytesPerSecond !== null && bytesPerSecond > 0) {
    const left = Math.max(0, totalBytes - receivedBytes) / bytesPerSecond;
    parts.push(`${byteSize(bytesPerSecond)}/s`, formatTimeLeft(left));
  }
  return parts.join(' · ');
}
