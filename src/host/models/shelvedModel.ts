import type { InstalledModel } from '../../core/models/modelStore';
import type { ModelManifest } from '../../protocol/modelManifest';

/** A model that a window knows, and what of it is on this machine. */
export interface ShelvedModel {
  readonly manifest: ModelManifest;
  readonly installed: InstalledModel | null;
  /** Of a download that was paused or broke off. */
  readonly partialBytes: number;
  /** The folder that the person named for it, or null. */
  readonly ownFolder: string | null;
  /** Of a model that a dataset's folder brings along: the model's folder, an absolute path. */
  readonly own?: { readonly folder: string };
  /** Why its folder cannot be used, in words, or null. */
  readonly problem: string | null;
}
