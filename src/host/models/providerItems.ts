import type { Device } from '../../protocol/workerApi';
import type { NamedModel } from '../../protocol/viewApi';
import { BUILTIN } from './builtinModels';
import type { ShelvedModel } from './modelShelf';
import { diskWords, estimateWords, isTagger } from './modelWords';
import { downloadBytes, kindOf } from './modelVariant';

export interface ProviderFacts {
  readonly models: readonly ShelvedModel[];
  /** Undefined until it was found out. */
  readonly device: Device | undefined;
  /** Images in the dataset; undefined until they were counted. */
  readonly images: number | undefined;
  /** Images a second, by the model's name. */
  readonly rates: ReadonlyMap<string, number>;
  /** Being tried on a few images now. */
  readonly measuring: string | null;
  /** Name of the model to start with. */
  readonly recommended: string | null;
  readonly chosen: readonly NamedModel[];
}

export interface ProviderItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly model: NamedModel;
}

/** The built-in provider, as the list to choose from shows it. */
export function builtinItem({ chosen }: Pick<ProviderFacts, 'chosen'>): ProviderItem {
  const parts = ['nothing to download', ...(isChosen(BUILTIN.name, chosen) ? ['chosen'] : [])];
  return {
    label: BUILTIN.title,
    description: parts.join(' · '),
    detail: 'Measures lighting, clarity, colours, attributes and duplicates. It always runs first, whatever is chosen.',
    model: BUILTIN,
  };
}

/**
 * The models that can answer questions or have labels of their own: the recommended one first, then what is on disk, then
 * the smaller ones.
 */
export function modelItems(facts: ProviderFacts): ProviderItem[] {
  const taggers = facts.models.filter(({ manifest }) => isTagger(manifest));
  const rank = ({ manifest, installed }: ShelvedModel) =>
    manifest.name === facts.recommended ? 0 : installed === null ? 2 : 1;
  const size = ({ manifest }: ShelvedModel) => downloadBytes(manifest, 'cpu');
  return taggers.sort((a, b) => rank(a) - rank(b) || size(a) - size(b)).map((model) => modelItem(model, facts));
}

function modelItem({ manifest, installed, partialBytes, own }: ShelvedModel, facts: ProviderFacts): ProviderItem {
  const { name, title, licence } = manifest;
  const state = diskWords({
    installedBytes: installed?.bytes ?? null,
    partialBytes,
    downloadBytes: downloadBytes(manifest, kindOf(facts.device ?? 'cpu')),
  });
  const parts = [own ? 'this folder' : state, licence];
  if (name === facts.recommended) parts.unshift('recommended here');
  if (isChosen(name, facts.chosen)) parts.push('chosen');
  return {
    label: title,
    description: parts.join(' · '),
    detail: [timeWords(name, installed !== null, facts), manifest.goodFor].filter(Boolean).join(' '),
    model: { name, title },
  };
}

function isChosen(wanted: string, chosen: readonly NamedModel[]): boolean {
  return chosen.some(({ name }) => name === wanted);
}

function timeWords(name: string, isHere: boolean, { rates, device, images, measuring }: ProviderFacts): string {
  const rate = rates.get(name);
  if (rate !== undefined && rate > 0 && device !== undefined && images !== undefined) {
    return `${capitalized(estimateWords(images, rate, device))}.`;
  }
  return isHere && measuring === name ? 'Measuring its time on a few images…' : '';
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
