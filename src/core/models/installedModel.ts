import type { ModelManifest, ModelVariant } from '../../protocol/modelManifest';
import type { WeightsManifest } from './modelVariant';
import type { FolderState } from './storedFiles';

/** A model whose files are all there. */
export interface InstalledModel {
  readonly manifest: ModelManifest;
  /** Of its variant. */
  readonly dtype: string;
  /** Absolute. */
  readonly folder: string;
  readonly bytes: number;
  /**
   * What its files were held against, of the least certain one: checksums that are part of DataVisor; those that the hub
   * named; those of the first download; nothing but size and form, for files that a person put there.
   */
  readonly sourceVerified: 'manifest' | 'hub' | 'first-download' | 'local-folder';
}

/** @param state of a folder with nothing unusable */
export function installedModel(manifest: WeightsManifest, variant: ModelVariant, state: FolderState): InstalledModel {
  const proofs = new Set(state.stored.map(({ proof }) => proof));
  return {
    manifest,
    dtype: variant.dtype,
    folder: state.folder,
    bytes: state.stored.reduce((sum, { bytes }) => sum + bytes, 0),
    sourceVerified: proofs.has('by-hand')
      ? 'local-folder'
      : proofs.has('first-download')
        ? 'first-download'
        : proofs.has('hub')
          ? 'hub'
          : 'manifest',
  };
}
