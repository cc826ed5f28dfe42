import { byteSize } from '../../src/protocol/byteSize';
import type { ModelDownload, ModelSummary } from '../../src/protocol/viewApi';
import type { ModelTrial } from '../../src/protocol/modelTrialApi';
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
    case 'own-model':
      return `Your own, in this folder, ${byteSize(bytes)}`;
    case 'broken-own-model':
      return 'Your own, in this folder; it cannot be used';
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

/** "Looked at 5 images on the CPU. Nothing was stored." */
export function describeTrial({ images, device, fallback }: ModelTrial): string {
  const looked = images.filter(({ said }) => said !== null).length;
  const count = `${looked} image${looked === 1 ? '' : 's'}`;
  const because = fallback === null ? '' : ` ${fallback}`;
  return `Looked at ${count} on: ${device}.${because} Nothing was stored.`;
}

/** "384 × 128 pixels, seen as 224 × 224". */
export function describeSeen({ width, height, seen }: NonNullable<ModelTrial['images'][number]['said']>): string {
  return `${width} × ${height} pixels, seen as ${seen.width} × ${seen.height}`;
}
