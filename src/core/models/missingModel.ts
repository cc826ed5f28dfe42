import { join } from 'node:path';
import type { ModelVariant } from '../../protocol/modelManifest';
import { UserError } from '../../protocol/userError';
import { byteSize } from '../../protocol/byteSize';
import type { WeightsManifest } from './modelVariant';
import { filesOf } from './modelVariant';
import type { FolderState } from './storedFiles';

/** How many file names a message lists before it says how many more there are. */
const MOST_NAMES = 12;

/** `model-missing`: what is missing, how big it is, how to download it, and what to put where without network. */
export function missingModel(
  manifest: WeightsManifest,
  variant: ModelVariant,
  { folder, unusable }: FolderState,
  endpoint: string,
): UserError {
  const total = filesOf(manifest, variant).filter((file) => !file.optional).length;
  const missing = unusable.filter((entry) => entry.missing);
  const broken = unusable.filter((entry) => !entry.missing);
  const what = broken.length
    ? `has files that cannot be used: ${listed(broken.map(({ file, why }) => `${file.path} ${why}`))}`
    : missing.filter(({ file }) => !file.optional).length === total
      ? 'is not on this machine'
      : `is not complete: ${missing.length} of its files ${missing.length === 1 ? 'is' : 'are'} missing`;
  const { repository, revision } = manifest.weights;
  return new UserError(
    'model-missing',
    `The model ${manifest.title} (${manifest.name}, ${variant.dtype}) ${what}.\n` +
      `Download it, about ${byteSize(variant.approximateBytes)} in all: ` +
      `datavisor models download ${manifest.name} --dtype ${variant.dtype}\n` +
      `Without network: get these files of ${endpoint}/${repository} (revision ${revision}) on another machine and put ` +
      `them into ${folder}, or name the folder that holds them with --model-dir: ` +
      `${listed(unusable.map(({ file }) => file.path + (file.optional ? ' (if it exists)' : '')))}.`,
  );
}

/** The same for a folder that a person named. */
export function missingInFolder(
  manifest: WeightsManifest,
  variant: ModelVariant,
  { folder, unusable }: FolderState,
  named: string,
): UserError {
  const { repository } = manifest.weights;
  const wrong = unusable.filter((entry) => !entry.file.optional || !entry.missing);
  return new UserError(
    'model-missing',
    `The folder ${folder} does not hold the model ${manifest.title} (${manifest.name}, ${variant.dtype}): ` +
      `${listed(wrong.map(({ file, why }) => `${file.path} ${why}`))}.\n` +
      `Name the folder with the files of ${repository}, or one that has them in ${join(...repository.split('/'))}; ` +
      `looked at was ${named}. Or download the model, about ${byteSize(variant.approximateBytes)}: ` +
      `datavisor models download ${manifest.name} --dtype ${variant.dtype}`,
  );
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ');
}
