import type { ModelRequest } from '../../../protocol/workerApi';
import type { Raster } from '../../image/raster';
import { inputSize } from '../encoders/imageProcessing';
import type { Step } from '../fallbackSteps';
import type { Backend } from '../inferenceEngine';
import { measureBatch } from '../measureBatch';
import { openOnThreads, type ThreadRole } from '../openOnThreads';
import type { LabelerShape } from './labeler';

/**
 * Loads the graph of a tagger, as `openOnThreads` does and fails. Several images a pass where device and graph allow.
 * @param graphName name of its file, without suffix
 * @param onShape hears what the graph takes and gives; what it throws, loading fails with
 */
export function openLabeler(
  request: ModelRequest,
  graphName: string,
  step: Step,
  onShape: (shape: LabelerShape) => void,
  onLoaded: (fraction: number) => void,
): Promise<Backend<Raster, Float32Array>> {
  let loaded: LabelerShape | undefined;
  const role: ThreadRole<Raster, Float32Array> = {
    load: async ({ remote }, graph) => {
      loaded = await remote.loadLabeler({ graph });
      onShape(loaded);
    },
    lane: ({ remote }) => ({
      run: async (images) => {
        const rows = await remote.label({ images: [...images] });
        const length = rows.length / images.length;
        return images.map((_, i) => rows.slice(i * length, (i + 1) * length));
      },
    }),
    fastestBatch: async ({ remote }) => {
      if (!loaded?.isBatchFree) return 1;
      const { width, height } = inputSize(loaded.processing, { width: 256, height: 256 });
      const image = { data: new Uint8Array(3 * width * height), width, height };
      return measureBatch(async (count) => {
        await remote.label({ images: Array.from({ length: count }, () => image) });
      });
    },
  };
  return openOnThreads(request, graphName, step, role, onLoaded);
}
