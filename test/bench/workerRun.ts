import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '../../src/protocol/rpc';
import type { WorkerApi } from '../../src/protocol/workerApi';
import { startBenchWorker } from './benchWorker';

const BATCH = 64;
/** Batches asked for at once, so that the worker never waits for the next. */
const AHEAD = 2;

/**
 * Indexes and analyses the files named in a list (one path a line) with the built worker, as a run does but without a
 * database. Run as a process of its own, so that its CPU time can be told.
 */
export async function workerRun(list: string, thumbnails: string, embedder: string | null): Promise<void> {
  const files = (await readFile(list, 'utf8')).trim().split('\n');
  const worker = startBenchWorker();
  try {
    await analyzeAll(worker.remote, files, thumbnails, embedder);
  } finally {
    await worker.stop();
  }
}

async function analyzeAll(
  remote: Client<WorkerApi>,
  files: readonly string[],
  thumbnails: string,
  embedder: string | null,
): Promise<void> {
  const items = files.map((path, i) => ({ id: i + 1, path }));
  await remote.readHeaders({ items });
  const batches = Array.from({ length: Math.ceil(items.length / BATCH) }, (_, i) =>
    items.slice(i * BATCH, (i + 1) * BATCH),
  );
  const lane = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const results = await remote.analyze({
        items: batch.map(({ id, path }) => ({ id, path, thumbnail: join(thumbnails, `${id & 255}`, `${id}.jpg`) })),
        provider: 'builtin',
        embedder,
      });
      const failed = results.find(({ ok }) => !ok);
      if (failed && !failed.ok) throw new Error(`${files[failed.id - 1]}: ${failed.message}`);
    }
  };
  await Promise.all(Array.from({ length: AHEAD }, lane));
}
