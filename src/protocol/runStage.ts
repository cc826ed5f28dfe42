import type { MapStep } from './mapSettings';
import type { RunStatus } from './viewApi';

const STAGES: Record<RunStatus['stage'], string> = {
  index: 'Indexing',
  load: 'Loading',
  tag: 'Tagging',
  embed: 'Embedding',
  project: 'Mapping',
  duplicates: 'Looking for duplicates',
};

const MAP_STEPS: Readonly<Record<MapStep, string>> = {
  read: 'reading vectors',
  reduce: 'finding main directions',
  neighbors: 'finding neighbours',
  graph: 'weighing neighbours',
  layout: 'laying out',
  place: 'placing new images',
};

/** "Mapping: finding neighbours". */
export function describeMapStep(step: MapStep): string {
  return `${STAGES.project}: ${MAP_STEPS[step]}`;
}

/** "Tagging", "Mapping: laying out", "Tagging with SigLIP2 (CPU)", "Loading SigLIP2 (CPU)…". */
export function describeStage({
  stage,
  step,
  model,
  device,
}: Pick<RunStatus, 'stage' | 'step' | 'model' | 'device'>): string {
  if (stage === 'project' && step) return describeMapStep(step);
  if (model === null || stage === 'index' || stage === 'project' || stage === 'duplicates') return STAGES[stage];
  const where = device === null ? model : `${model} (${device})`;
  return stage === 'load' ? `Loading ${where}…` : `${STAGES[stage]} with ${where}`;
}
