import { basename } from 'node:path';
import type { OwnModel } from '../../../protocol/ownModel';

/** Name of the graph's file of a person's own model, without suffix. */
export function ownGraphName({ graph }: OwnModel): string {
  return basename(graph, '.onnx');
}
