import { join } from 'node:path';
import { readCatalog } from '../core/models/catalog';
import { detectDevice } from '../core/models/devices';
import { installOwnModel } from '../core/models/installOwnModel';
import { ModelStore, type FindOptions, type InstalledModel } from '../core/models/modelStore';
import { hasWeights } from '../core/models/modelVariant';
import { listOwnModels, ownModelNamed } from '../core/models/ownModels';
import type { ModelRunOptions } from '../core/jobs/modelRun';
import type { ModelAbility, ModelManifest } from '../protocol/modelManifest';
import { UserError } from '../protocol/userError';
import type { Device } from '../protocol/workerApi';
import { modelsFolder } from './modelsFolder';
import type { VariantOptions } from './modelOptions';
import { remoteProviders } from './remoteProviders';

/** The models that this installation knows. */
export function shippedModels(log: (line: string) => void): ModelManifest[] {
  return readCatalog(join(__dirname, 'models'), log);
}

/** The models that this installation knows, and those on this machine. */
export function openModelStore(log: (line: string) => void): ModelStore {
  return new ModelStore({ folder: modelsFolder(), catalog: shippedModels(log) });
}

/** What models run on here. `gpu` that finds none says so and means the CPU. */
export async function chooseDevice(wanted: VariantOptions['device'], log: (line: string) => void): Promise<Device> {
  const { device, tried } = await detectDevice(wanted, {
    probe: join(__dirname, 'deviceProbe.js'),
    rememberIn: modelsFolder(),
    log: () => undefined, // told below, when it was asked for
  });
  if (wanted === 'gpu' && device === 'cpu') {
    const reasons = tried.map((each) => `${each.device}: ${each.why ?? 'it failed'}`).join('; ');
    log(`No GPU works here (${reasons || 'none is known for this system'}), so models run on the CPU.`);
  }
  return device;
}

export interface ChosenModel {
  readonly manifest: ModelManifest;
  readonly run: ModelRunOptions;
}

/**
 * A model that is on this machine, ready for a job: one that DataVisor knows, or one in the images' folder, which is
 * read only when it is named here.
 * @param abilities what it must be able to do; of several in a list, one
 * @throws UserError `model-unknown`, `model-unable`, `dtype-unknown`, `model-missing`, `own-model-invalid`
 */
export async function chooseModel(
  name: string,
  abilities: readonly (ModelAbility | readonly ModelAbility[])[],
  options: VariantOptions & { readonly modelDir: string | undefined; readonly folder: string },
  log: (line: string) => void,
): Promise<ChosenModel> {
  const known = shippedModels(log);
  const own = await findOwn(name, known, options);
  const device = await chooseDevice(options.device, log);
  const { installed, fits } = own ? { installed: own, fits: true } : await find(name, known, options, device);
  const { manifest, folder } = installed;
  const { weights, licence, revision, thresholds, labelThresholds } = manifest;
  if (!weights) throw new Error(`${name} has no files`);
  for (const ability of abilities) {
    const enough: readonly ModelAbility[] = [ability].flat();
    if (!enough.some((one) => weights.abilities.includes(one))) throw unable(name, enough[0], weights.abilities);
  }
  return {
    manifest,
    run: {
      model: { name, weights, folder, dtype: installed.dtype, device: fits ? device : 'cpu' },
      manifestRevision: revision,
      licence,
      threshold: thresholds['tag'],
      dimensionThresholds: labelThresholds,
    },
  };
}

/** Names that no model of a folder's own can have: those of the models that are known, and of remote providers. */
export function takenNames(known: readonly ModelManifest[]): string[] {
  return [...known, ...remoteProviders(() => undefined)].map(({ name }) => name);
}

/** A model in the images' folder, or null where there is none of that name. */
async function findOwn(
  name: string,
  known: readonly ModelManifest[],
  { folder, dtype, modelDir }: Pick<Parameters<typeof chooseModel>[2], 'folder' | 'dtype' | 'modelDir'>,
): Promise<InstalledModel | null> {
  const taken = takenNames(known);
  const entry = await ownModelNamed(folder, name, taken);
  if (!entry) {
    if (known.some((manifest) => manifest.name === name)) return null;
    const others = (await listOwnModels(folder, taken)).map((other) => other.name);
    const here = others.length > 0 ? `The folder has of its own: ${others.join(', ')}.` : '';
    const all = known.filter(hasWeights).map((manifest) => manifest.name);
    throw new UserError(
      'model-unknown',
      `There is no model ${name}. DataVisor knows: ${all.join(', ')}. ${here}`.trim(),
    );
  }
  for (const [option, value] of Object.entries({ dtype, 'model-dir': modelDir })) {
    if (value === undefined) continue;
    throw new UserError('usage', `--${option} means nothing for ${name}, whose files lie in ${entry.folder}.`);
  }
  return installOwnModel(entry.folder, entry.manifest);
}

/** Files for the CPU do on a machine with a GPU too, when there are no others. */
async function find(
  name: string,
  known: readonly ModelManifest[],
  { dtype, modelDir }: Pick<Parameters<typeof chooseModel>[2], 'dtype' | 'modelDir'>,
  device: Device,
): Promise<{ installed: InstalledModel; fits: boolean }> {
  const store = new ModelStore({ folder: modelsFolder(), catalog: known });
  const options: FindOptions = { dtype, ...(modelDir !== undefined && { modelDir }) };
  if (device === 'cpu') return { installed: await store.find(name, { ...options, device: 'cpu' }), fits: true };
  try {
    return { installed: await store.find(name, { ...options, device: 'gpu' }), fits: true };
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'model-missing') throw error;
    const installed = await store.find(name, { ...options, device: 'cpu' }).catch(() => Promise.reject(error));
    return { installed, fits: false };
  }
}

const DOES: Readonly<Record<ModelAbility, string>> = {
  vocabulary: 'answer questions',
  labels: 'give labels of its own',
  'free-tags': 'give free tags (--free-tags)',
  caption: 'write captions (--caption)',
  'embed-images': 'embed images',
  'embed-texts': 'embed texts',
};

/** Says what a model cannot do, and what it can. */
export function unable(name: string, wanted: ModelAbility, abilities: readonly ModelAbility[]): UserError {
  const can = abilities.map((ability) => DOES[ability]).join(', ');
  return new UserError('model-unable', `The model ${name} cannot ${DOES[wanted]}. It can: ${can}.`);
}
