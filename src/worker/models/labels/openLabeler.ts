import type { ModelRequest } from '../../../protocol/workerApi';
import type { Raster } from '../../image/raster';
import type { Step } from '../fallbackSteps';
import type { Backend } from '../inferenceEngine';
import { measureBatch } from '../measureBatch';
import { openOnThreads, type ThreadRole } from '../openOnThreads';
import type { LabelerShape } from './labeler';

/** Name of the graph's file, without suffix. */
const GRAPH = 'model';

/**
 * Loads the graph of a tagger, as `openOnThreads` does and fails. Several images a pass where device and graph allow.
 * @param onShape hears what the graph takes and gives; what it throws, loading fails with
 */
export function openLabeler(
  request: ModelRequest,
  step: Step,
  onShape: (shape: LabelerShape) => void,
  onLoaded: (fraction: number) => void,
): Promise<Backend<Raster, Float32Array>> {
  let side = 1;
  let isBatchFree = false;
  const role: ThreadRole<Raster, Float32Array> = {
    load: async ({ remote }, graph) => {
      const shape = await remote.loadLabeler({ graph });
      onShape(shape);
      ({ side, isBatchFree } = shape);
    },
    lane: ({ remote }) => ({
      run: async (images) => {
        const rows = await remote.label({ images: [...images] });
        const length = rows.length / images.length;
        return images.map((_, i) => rows.slice(i * length, (i + 1) * length));
      },
    }),
    fastestBatch: async ({ remote }) => {
      if (!isBatchFree) return 1;
      const image = { data: new Uint8Array(3 * side * side), width: side, height: side };
      return measureBatch(async (count) => {
        await remote.label({ images: Array.from({ length: count }, () => image) });
      });
    },
  };
  return openOnThreads(request, GRAPH, step, role, onLoaded);
}
