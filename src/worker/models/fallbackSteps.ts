import type { Device } from '../../protocol/workerApi';

/** A way to run a model. */
export interface Step {
  readonly device: Device;
  readonly dtype: string;
}

/** Variants of a model that are on the disk, the largest first. */
export interface PresentVariant {
  readonly dtype: string;
  readonly bytes: number;
  /** Made for CPUs. */
  readonly forCpu: boolean;
}

/**
 * What to try after a failure: of memory, a smaller variant on the same device; of the device, the CPU, with a variant
 * made for it if there is one.
 * @returns null when there is nothing left to try.
 */
export function nextStep(failed: Step, ranOutOfMemory: boolean, present: readonly PresentVariant[]): Step | null {
  const bytesOf = (dtype: string) => present.find((variant) => variant.dtype === dtype)?.bytes ?? 0;
  if (ranOutOfMemory) {
    const smaller = present.find(({ bytes }) => bytes < bytesOf(failed.dtype));
    if (smaller) return { device: failed.device, dtype: smaller.dtype };
  }
  if (failed.device === 'cpu') return null;
  const isForCpu = ({ dtype, forCpu }: PresentVariant) => forCpu && dtype === failed.dtype;
  const chosen = present.find(isForCpu) ?? present.find(({ forCpu }) => forCpu);
  return { device: 'cpu', dtype: chosen?.dtype ?? failed.dtype };
}

const NAMES: Readonly<Record<Device, string>> = {
  cpu: 'the CPU',
  cuda: 'CUDA',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'CoreML',
};

/** Why another way is taken, for a person. */
export function explainStep(failed: Step, next: Step, ranOutOfMemory: boolean, reason: string): string {
  const variant = failed.dtype === next.dtype ? '' : ` as ${next.dtype}`;
  if (!ranOutOfMemory)
    return `${NAMES[failed.device]} cannot run this model here (${reason}): it runs on the CPU${variant}.`;
  const where = failed.device === 'cpu' ? 'There is' : `${NAMES[failed.device]} has`;
  return `${where} not enough memory for this model as ${failed.dtype}: it runs on ${NAMES[next.device]}${variant}.`;
}
