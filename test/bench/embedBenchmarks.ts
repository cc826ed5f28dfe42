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

/** What embedding costs, whole processes, start included. */
export const embedBenchmarks: readonly Benchmark[] = [
  {
    name: 'embed-vs-limit',
    title: 'embedding 500-px JPEGs with a ViT-S/14 ÷ ONNX Runtime on ready tensors + decoding and resizing alone',
    run: () => compare('CPU ms an image', cpuSecondsOf, '--tensor-run'),
  },
  {
    name: 'embed-vs-naive',
    title: 'the same by the clock ÷ decoding a batch and then inferring it, in turn, in one session',
    run: () => compare('ms an image', secondsOf, '--naive-embed-run'),
  },
];

async function compare(
  unit: string,
  secondsOfProcess: (program: string, args: readonly string[]) => Promise<number>,
  against: string,
): Promise<BenchmarkResult> {
  const { files, source } = await benchPhotos(SMALL);
  const scratch = await mkdtemp(join(tmpdir(), 'datavisor-bench-'));
  const list = join(scratch, 'files.txt');
  const model = join(scratch, 'model.json');
  await writeFile(list, files.slice(0, IMAGES).join('\n'));
  await writeFile(model, JSON.stringify(await vitSmall()));
  const measure = async (program: string) => {
    const seconds = await secondsOfProcess(process.execPath, [process.argv[1], program, list, model]);
    return (1000 * seconds) / IMAGES;
  };
  try {
    const result = await alternate(
      () => measure('--embed-run'),
      () => measure(against),
      unit,
    );
    return { ...result, note: `${IMAGES} of ${source}` };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function secondsOf(program: string, args: readonly string[]): Promise<number> {
  const started = performance.now();
  await cpuSecondsOf(program, args);
  return (performance.now() - started) / 1000;
}
