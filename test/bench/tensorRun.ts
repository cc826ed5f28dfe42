import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { availableParallelism, constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { Worker, isMainThread } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import type { ModelRequest } from '../../src/protocol/workerApi';
import { mapInFlight } from '../../src/worker/mapInFlight';

const IN_FLIGHT = 8;
const SHAPE = [1, 3, 224, 224];

/**
 * The least that embedding the files named in a list can cost: first they are decoded and resized by sharp alone and
 * thrown away, then ONNX Runtime runs as often on a tensor that is ready, in one thread a processor.
 */
export async function tensorRun(list: string, modelFile: string): Promise<void> {
  const files = (await readFile(list, 'utf8')).trim().split('\n');
  const { folder } = JSON.parse(await readFile(modelFile, 'utf8')) as ModelRequest;
  const graph = join(folder, 'onnx', 'model.onnx');
  if (!isMainThread) {
    await runOnReadyTensor(graph, Math.ceil(files.length / availableParallelism()));
    return;
  }
  sharp.cache(false);
  sharp.concurrency(1);
  await mapInFlight(files, IN_FLIGHT, new AbortController().signal, async (file) => {
    await sharp(file).resize(224, 224, { fit: 'cover', kernel: 'cubic' }).raw().toBuffer();
  });
  const threads = Array.from(
    { length: availableParallelism() },
    () => new Worker(process.argv[1], { argv: ['--tensor-run', list, modelFile] }),
  );
  await Promise.all(threads.map((thread) => once(thread, 'exit')));
}

async function runOnReadyTensor(graph: string, times: number): Promise<void> {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL); // as ours: being interrupted by others costs both the same
  const session = await InferenceSession.create(graph, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const values = Float32Array.from({ length: SHAPE.reduce((a, b) => a * b) }, (_, i) => (i % 255) / 64 - 2);
  const tensor = new Tensor('float32', values, SHAPE);
  for (let i = 0; i < times; i++) await session.run({ [session.inputNames[0]]: tensor });
  await session.release();
}
