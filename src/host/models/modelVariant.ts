import { hasWeights, variantsFor } from '../../core/models/modelVariant';
import type { ModelManifest } from '../../protocol/modelManifest';
import type { Device } from '../../protocol/workerApi';

/** What a variant of a model is made for. */
export type DeviceKind = 'cpu' | 'gpu';

export function kindOf(device: Device): DeviceKind {
  return device === 'cpu' ? 'cpu' : 'gpu';
}

/** About how many bytes a whole download has; 0 for what is part of the program. */
export function downloadBytes(manifest: ModelManifest, device: DeviceKind): number {
  return hasWeights(manifest) ? variantsFor(manifest, { device })[0].approximateBytes : 0;
}
