import * as fs from 'node:fs';
import * as path from 'node:path';
import { inCheckout } from '../kit/checkout.mjs';
import { clipReplica } from '../fixtures/models/clipReplica';
import { dinov2Replica } from '../fixtures/models/dinoReplicas';
import { writeReplica, type ModelReplica } from '../fixtures/models/modelFolder';

/** Of the files of a graph, those that the variants for the CPU have. */
const CPU_SUFFIXES = ['_quantized'];

/** Small models that answer predictably, by the names of the real ones whose files they stand for. */
export const REPLICAS: Readonly<Record<string, () => ModelReplica>> = {
  'clip-vit-base-patch32': clipReplica,
  'dinov2-small': () => dinov2Replica('small'),
  'dinov2-base': () => dinov2Replica('base'),
};

/** Writes a replica as the hub would serve it, to `<root>/<owner>/<name>`. */
export function writeHubFiles(root: string, name: string): void {
  writeReplica(replica(name), root, CPU_SUFFIXES);
}

/** Writes a replica to where a download of the real model would lie, `<root>/<owner>/<name>/<revision>`. */
export function writeModelFiles(root: string, name: string): void {
  const scratch = path.join(root, '.writing');
  const folder = writeReplica(replica(name), scratch, CPU_SUFFIXES);
  const target = path.join(root, replica(name).repository, revisionOf(name));
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.renameSync(folder, target);
  fs.rmSync(scratch, { recursive: true });
}

function replica(name: string): ModelReplica {
  const build = REPLICAS[name];
  if (!build) throw new Error(`There is no replica of ${name}.`);
  return build();
}

function revisionOf(name: string): string {
  const manifest = JSON.parse(fs.readFileSync(inCheckout('models', `${name}.json`), 'utf8')) as {
    weights: { revision: string };
  };
  return manifest.weights.revision;
}
