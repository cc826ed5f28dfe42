import type { ModelSummary } from '../../protocol/viewApi';
import type { ShelvedModel } from './modelShelf';
import { downloadBytes, type DeviceKind } from './modelVariant';
import { abilityWords } from './modelWords';

const VERIFIED = {
  manifest: 'Checked against the checksums that DataVisor knows.',
  hub: 'Checked against the checksums that the hub named.',
  'first-download':
    'The maker’s checksums were not known: what came at the first download was recorded and is checked ever after.',
  'local-folder': 'Put there by hand: only names, sizes and form could be checked.',
} as const;

/** A model as the list of models shows it. */
export function modelSummary(model: ShelvedModel, kind: DeviceKind): ModelSummary {
  const { manifest, installed, partialBytes, ownFolder, own, problem } = model;
  const { name, title, task, licence, goodFor, notFor, weights } = manifest;
  return {
    ...{ name, title, task, licence, goodFor, notFor },
    abilities: abilityWords(manifest),
    state: state(model),
    bytes: installed?.bytes ?? downloadBytes(manifest, kind),
    partialBytes,
    folder: installed?.folder ?? own?.folder ?? ownFolder,
    remark: problem ?? (installed && VERIFIED[installed.sourceVerified]),
    source: own ? 'this folder' : weights ? `${weights.repository} @ ${weights.revision}` : null,
  };
}

function state({ manifest, installed, ownFolder, own, partialBytes }: ShelvedModel): ModelSummary['state'] {
  if (own) return installed ? 'own-model' : 'broken-own-model';
  if (!manifest.weights) return 'part';
  if (ownFolder !== null) return installed ? 'own-folder' : 'broken-folder';
  if (installed) return 'on-disk';
  return partialBytes > 0 ? 'partial' : 'absent';
}

/** Taggers first; within a task what is part of the program, then by size. */
export function inOrder(models: readonly ModelSummary[]): ModelSummary[] {
  const rank = ({ task, state }: ModelSummary) => (task === 'tagging' ? 0 : 2) + (state === 'part' ? 0 : 1);
  return [...models].sort((a, b) => rank(a) - rank(b) || a.bytes - b.bytes || (a.name < b.name ? -1 : 1));
}
