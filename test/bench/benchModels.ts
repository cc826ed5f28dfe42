import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ModelRequest } from '../../src/protocol/workerApi';
import { dinov2Replica } from '../fixtures/models/dinoReplicas';
import { writeReplica } from '../fixtures/models/modelFolder';
import { VIT_SMALL, vitGraph } from './vitGraph';

/** A model as large as DINOv2 small, written to out/ when it is first needed. */
export async function vitSmall(): Promise<ModelRequest> {
  const out = resolve('out', 'bench-models', 'vit-small');
  if (!existsSync(out)) {
    const unfinished = `${out}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    writeReplica({ ...dinov2Replica('small'), graphs: { model: () => vitGraph(VIT_SMALL) } }, unfinished, ['']);
    await rename(unfinished, out);
  }
  const file = (path: string) => ({ path, size: null, sha256: null, optional: false });
  return {
    name: 'vit-small',
    folder: resolve(out, dinov2Replica('small').repository),
    dtype: 'fp32',
    device: 'cpu',
    weights: {
      family: 'dinov2',
      abilities: ['embed-images'],
      repository: 'bench/vit-small',
      revision: 'main',
      files: [file('config.json'), file('preprocessor_config.json')],
      variants: [
        {
          dtype: 'fp32',
          graphs: { model: 'fp32' },
          files: [file('onnx/model.onnx')],
          approximateBytes: 88_000_000,
          devices: ['cpu'],
        },
      ],
      scoring: { scale: 1, bias: 0 },
    },
  };
}
