import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ModelVariant } from '../../protocol/modelManifest';
import { UserError } from '../../protocol/userError';
import type { ModelRequest } from '../../protocol/workerApi';
import { readImageProcessing, type ImageProcessing } from './encoders/imageProcessing';
import type { PresentVariant } from './fallbackSteps';
import { readModelFiles } from './visionLanguage/modelFiles';

/** How the hub's files of a graph end, by what it is stored as. */
const SUFFIXES: Readonly<Record<ModelVariant['graphs'][string], string>> = {
  fp32: '',
  fp16: '_fp16',
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
};

/** @throws UserError `model-unusable` when the manifest has no such variant. */
export function variantOf({ weights, name }: ModelRequest, dtype: string): ModelVariant {
  const variant = weights.variants.find((one) => one.dtype === dtype);
  if (!variant) throw new UserError('model-unusable', `The manifest of ${name} has no variant "${dtype}".`);
  return variant;
}

/**
 * Absolute path of a graph's file.
 * @throws UserError `model-unusable` when the variant has no such graph.
 */
export function graphFile(
  { folder, name }: ModelRequest,
  { graphs, files, dtype }: ModelVariant,
  graph: string,
): string {
  const stored = graphs[graph];
  const file = stored && files.find(({ path }) => basename(path) === `${graph}${SUFFIXES[stored]}.onnx`);
  if (!file) throw new UserError('model-unusable', `The manifest of ${name} (${dtype}) names no file for "${graph}".`);
  return join(folder, file.path);
}

/**
 * How images are prepared, by the model's folder and its manifest, after all files were looked at.
 * @throws UserError `model-unusable` naming the file that is missing, of the wrong size or not what it should be.
 */
export async function readEncoderFiles(request: ModelRequest): Promise<ImageProcessing> {
  const json = await requireFiles(request);
  const file = 'preprocessor_config.json';
  try {
    return readImageProcessing(json.get(file) ?? {}, request.weights.preprocessing);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError('model-unusable', `${join(request.folder, file)} says what cannot be done: ${why}.`, {
      cause: error,
    });
  }
}

/**
 * Looks at all files of a model.
 * @returns the JSON files' contents by path
 * @throws UserError `model-unusable` naming the file that is missing, of the wrong size or not what it should be.
 */
export async function requireFiles(request: ModelRequest): Promise<ReadonlyMap<string, object>> {
  const { variant, json } = await readModelFiles(request);
  await requireSizes(request, variant);
  return json;
}

/** The variants of a model that are complete in its folder, the largest first. */
export async function presentVariants({ folder, weights }: ModelRequest): Promise<PresentVariant[]> {
  const sizes = await Promise.all(
    weights.variants.map(async ({ files }) => {
      const needed = files.filter(({ optional }) => !optional);
      const bytes = await Promise.all(needed.map(({ path }) => sizeOf(join(folder, path))));
      return bytes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0);
    }),
  );
  const present = weights.variants.flatMap(({ dtype, devices, approximateBytes }, i) =>
    sizes[i] === null ? [] : [{ dtype, bytes: approximateBytes, forCpu: devices.includes('cpu') }],
  );
  return present.sort((a, b) => b.bytes - a.bytes);
}

/** Bytes of a graph with its weights, which may lie in files of their own beside it. */
export async function graphBytes(file: string): Promise<number> {
  const sizes = await Promise.all([file, `${file}_data`, `${file}.data`].map(sizeOf));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

async function requireSizes({ folder, weights, name }: ModelRequest, variant: ModelVariant): Promise<void> {
  for (const { path, size } of [...weights.files, ...variant.files]) {
    const actual = size === null ? null : await sizeOf(join(folder, path));
    if (actual === null || actual === size) continue;
    throw new UserError(
      'model-unusable',
      `${join(folder, path)} has ${actual} bytes instead of ${size}. Remove the model ${name} and download it again.`,
    );
  }
}

function sizeOf(file: string): Promise<number | null> {
  return stat(file).then(
    ({ size }) => size,
    () => null,
  );
}
