import type { ModelFile, ModelManifest, ModelVariant, ModelWeights } from '../../protocol/modelManifest';
import { UserError } from '../../protocol/userError';

/** A model that comes as files. */
export type WeightsManifest = ModelManifest & { readonly weights: ModelWeights };

export interface VariantChoice {
  /** One of the manifest's variants. */
  readonly dtype?: string | undefined;
  /** The first variant that is made for it; `cpu` when neither is given. */
  readonly device?: 'cpu' | 'gpu' | undefined;
}

export function hasWeights(manifest: ModelManifest): manifest is WeightsManifest {
  return manifest.weights !== undefined;
}

/** @throws UserError `model-unknown`, with the names there are. */
export function manifestByName(catalog: readonly ModelManifest[], name: string): WeightsManifest {
  const known = catalog.filter(hasWeights);
  const manifest = known.find((candidate) => candidate.name === name);
  if (manifest) return manifest;
  const builtIn = catalog.some((candidate) => candidate.name === name);
  throw new UserError(
    'model-unknown',
    builtIn
      ? `${name} is part of the program: there is nothing to download.`
      : `There is no model ${name}. These can be downloaded: ${known.map((candidate) => candidate.name).join(', ')}.`,
  );
}

/**
 * The variants to look for, the preferred one first: that of the dtype, else those made for the device.
 * @throws UserError `dtype-unknown`, with the dtypes there are.
 */
export function variantsFor(manifest: WeightsManifest, choice: VariantChoice): ModelVariant[] {
  const { variants } = manifest.weights;
  if (choice.dtype === undefined) {
    const device = choice.device ?? 'cpu';
    const made = variants.filter((variant) => variant.devices.includes(device));
    return made.length > 0 ? made : [variants[0]];
  }
  const found = variants.filter((variant) => variant.dtype === choice.dtype);
  if (found.length > 0) return found;
  const dtypes = variants.map((variant) => variant.dtype).join(', ');
  throw new UserError('dtype-unknown', `${manifest.name} does not come as ${choice.dtype}. It comes as: ${dtypes}.`);
}

/** All files of a variant: those of every variant first, since they are small and fail early. */
export function filesOf(manifest: WeightsManifest, variant: ModelVariant): ModelFile[] {
  return [...manifest.weights.files, ...variant.files];
}
