import type { RunStatus } from './viewApi';

const STAGES: Record<RunStatus['stage'], string> = {
  index: 'Indexing',
  load: 'Loading',
  tag: 'Tagging',
  embed: 'Embedding',
  project: 'Mapping',
};

/** "Tagging", "Tagging with SigLIP2 (CPU)", "Loading SigLIP2 (CPU)…". */
export function describeStage({ stage, model, device }: Pick<RunStatus, 'stage' | 'model' | 'device'>): string {
  if (model === null || stage === 'index' || stage === 'project') return STAGES[stage];
  const where = device === null ? model : `${model} (${device})`;
  return stage === 'load' ? `Loading ${where}…` : `${STAGES[stage]} with ${where}`;
}
