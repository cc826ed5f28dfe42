import { byteSize } from '../../protocol/byteSize';
import type { ModelAbility, ModelManifest } from '../../protocol/modelManifest';
import type { Device } from '../../protocol/workerApi';
import { duration } from '../words';

const DEVICES: Record<Device, string> = {
  cpu: 'CPU',
  cuda: 'GPU, CUDA',
  webgpu: 'GPU, WebGPU',
  dml: 'GPU, DirectML',
  coreml: 'GPU, CoreML',
};

const TAGGING: readonly ModelAbility[] = ['vocabulary', 'labels'];

const ABILITIES: Record<ModelAbility, string> = {
  vocabulary: 'answers questions',
  labels: 'labels of its own',
  'free-tags': 'free tags',
  caption: 'captions',
  'embed-images': 'map and similar images',
  'embed-texts': 'search by text',
};

/** Whether Auto-Tag can have it tag. */
export function isTagger({ weights }: ModelManifest): boolean {
  return weights !== undefined && TAGGING.some((ability) => weights.abilities.includes(ability));
}

/** "CPU", "GPU, CUDA". */
export function deviceWords(device: Device): string {
  return DEVICES[device];
}

/** What a model can do, in words. */
export function abilityWords(manifest: ModelManifest): string[] {
  if (manifest.weights) return manifest.weights.abilities.map((ability) => ABILITIES[ability]);
  return [manifest.task === 'tagging' ? 'measures' : ABILITIES['embed-images']];
}

export interface DiskState {
  /** On disk, or null. */
  readonly installedBytes: number | null;
  /** Of a download that was paused or broke off. */
  readonly partialBytes: number;
  /** About what a whole download has. */
  readonly downloadBytes: number;
}

/** "on disk, 178 MB", "80 MB of 178 MB downloaded", "178 MB to download". */
export function diskWords({ installedBytes, partialBytes, downloadBytes }: DiskState): string {
  if (installedBytes !== null) return `on disk, ${byteSize(installedBytes)}`;
  if (partialBytes > 0) return `${byteSize(partialBytes)} of ${byteSize(downloadBytes)} downloaded`;
  return `${byteSize(downloadBytes)} to download`;
}

/** "about 3 min for 1,200 images (6.7/s, CPU)", "under a second for …". @param rate images a second */
export function estimateWords(images: number, rate: number, device: Device): string {
  const shown = rate < 10 ? rate.toFixed(1) : String(Math.round(rate));
  const count = `${images.toLocaleString()} image${images === 1 ? '' : 's'}`;
  const seconds = images / rate;
  const time = seconds < 1 ? duration(seconds) : `about ${duration(seconds)}`;
  return `${time} for ${count} (${shown}/s, ${deviceWords(device)})`;
}

/** "45 MB of 178 MB · 3.2 MB/s · 42 s left". */
export function downloadWords(received: number, total: number, bytesPerSecond: number | null): string {
  const parts = [`${byteSize(received)} of ${byteSize(total)}`];
  if (bytesPerSecond !== null && bytesPerSecond > 0) {
    parts.push(`${byteSize(bytesPerSecond)}/s`, `${duration(Math.max(0, total - received) / bytesPerSecond)} left`);
  }
  return parts.join(' · ');
}
