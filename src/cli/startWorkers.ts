import { join } from 'node:path';
import { WorkerPool } from '../core/workerPool';
import type { ProgressBar } from './progressBar';

/** The workers of a command; they start with the first call. What they write themselves is told only if `verbose`. */
export function startWorkers(bar: ProgressBar, verbose: boolean): WorkerPool {
  return new WorkerPool({
    script: join(__dirname, 'worker.js'),
    log: (text) => {
      if (verbose || !text.startsWith('worker: ')) bar.message(text);
    },
  });
}
