import { join } from 'node:path';
import { readCatalog } from '../core/models/catalog';
import { detectDevice } from '../core/models/devices';
import { ModelStore, type FindOptions, type InstalledModel } from '../core/models/modelStore';
import type { ModelRunOptions } from '../core/jobs/modelRun';
import type { ModelAbility, ModelManifest } from '../protocol/modelManifest';
import { UserError } from '../protocol/userError';
import type { Device } from '../protocol/workerApi';
import { modelsFolder } from './modelsFolder';
import type { VariantOptions } from './parseArguments';

/** The models that this installation knows, and those on this machine. */
export function openModelStore(log: (line: string) => void): ModelStore {
  return new ModelStore({ folder: modelsFolder(), catalog: readCatalog(join(__dirname, 'models'), log) });
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
 * A model that is on this machine, ready for a job.
 * @param abilities what it must be able to do; of several in a list, one
 * @throws UserError `model-unknown`, `model-unable`, `dtype-unknown`, `model-missing`
 */
export async function chooseModel(
  name: string,
  abilities: readonly (ModelAbility | readonly ModelAbility[])[],
  options: VariantOptions & { readonly modelDir: string | undefined },
  log: (line: string) => void,
): Promise<ChosenModel> {
  const store = openModelStore(log);
  const device = await chooseDevice(options.device, log);
  const { dtype, modelDir } = options;
  const { installed, fits } = await find(store, name, { dtype, ...(modelDir !== undefined && { modelDir }) }, device);
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

/** Files for the CPU do on a machine with a GPU too, when there are no others. */
async function find(
  store: ModelStore,
  name: string,
  options: FindOptions,
  device: Device,
): Promise<{ installed: InstalledModel; fits: boolean }> {
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

function unable(name: string, wanted: ModelAbility, abilities: readonly ModelAbility[]): UserError {
  const can = abilities.map((ability) => DOES[ability]).join(', ');
  return new UserError('model-unable', `The model ${name} cannot ${DOES[wanted]}. It can: ${can}.`);
}
