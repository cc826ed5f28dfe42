import { readFile } from 'node:fs/promises';
import type { ModelRequest } from '../../src/protocol/workerApi';
import { startBenchWorker } from './benchWorker';

const BATCH = 32;
/** Batches asked for at once, so that the worker never waits for the next. */
const AHEAD = 2;

/**
 * Embeds the files named in a list (one path a line) with the built worker, as a run does but without a database. Run
 * as a process of its own, so that its CPU time can be told.
 * @param modelFile names a file that holds a `ModelRequest` as JSON
 */
export async function embedRun(list: string, modelFile: string): Promise<void> {
  const files = (await readFile(list, 'utf8')).trim().split('\n');
  const model = JSON.parse(await readFile(modelFile, 'utf8')) as ModelRequest;
  const worker = startBenchWorker();
  const items = files.map((path, i) => ({ id: i + 1, path }));
  const batches = Array.from({ length: Math.ceil(items.length / BATCH) }, (_, i) =>
    items.slice(i * BATCH, (i + 1) * BATCH),
  );
  const lane = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const questions = { dimensions: [], freeTags: 0, caption: false, vector: true };
      const { answers } = await worker.remote.askModel({ model, items: batch, questions });
      const failed = answers.find(({ ok }) => !ok);
      if (failed && !failed.ok) throw new Error(`${files[failed.id - 1]}: ${failed.message}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: AHEAD }, lane));
  } finally {
    await worker.stop();
  }
}
