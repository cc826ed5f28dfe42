import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBenchWorker } from './benchWorker';

/**
 * Lays out the vectors in a folder with the built worker and leaves the places in the file `map` there. Run as a process
 * of its own, so that its CPU time can be told.
 */
export async function projectRun(folder: string, count: string, length: string): Promise<void> {
  const worker = startBenchWorker();
  const settings = { neighbors: 15, minDistance: 0.1, metric: 'cosine', seed: 42 } as const;
  try {
    const xy = await worker.remote.project({ folder, count: Number(count), length: Number(length), ...settings });
    await writeFile(join(folder, 'map'), xy);
  } finally {
    await worker.stop();
  }
}
