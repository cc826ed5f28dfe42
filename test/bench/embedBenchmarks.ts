import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alternate } from './alternate';
import type { Benchmark, BenchmarkResult } from './benchmark';
import { vitSmall } from './benchModels';
import { SMALL, benchPhotos } from './benchPhotos';
import { cpuSecondsOf } from './childCpu';

/** Enough that starting processes and loading the model is not what is measured. */
const IMAGES = 320;

/** What embedding costs, against what it cannot do without. CPU time of whole processes, start included. */
export const embedBenchmarks: readonly Benchmark[] = [
  {
    name: 'embed-vs-limit',
    title: 'embedding 500-px JPEGs with a ViT-S/14 ÷ ONNX Runtime on ready tensors + decoding and resizing alone',
    run: againstLimit,
  },
];

async function againstLimit(): Promise<BenchmarkResult> {
  const { files, source } = await benchPhotos(SMALL);
  const scratch = await mkdtemp(join(tmpdir(), 'datavisor-bench-'));
  const list = join(scratch, 'files.txt');
  const model = join(scratch, 'model.json');
  await writeFile(list, files.slice(0, IMAGES).join('\n'));
  await writeFile(model, JSON.stringify(await vitSmall()));
  const measure = async (program: string) => {
    const seconds = await cpuSecondsOf(process.execPath, [process.argv[1], program, list, model]);
    return (1000 * seconds) / IMAGES;
  };
  try {
    const result = await alternate(
      () => measure('--embed-run'),
      () => measure('--tensor-run'),
      'CPU ms an image',
    );
    return { ...result, note: `${IMAGES} of ${source}` };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
