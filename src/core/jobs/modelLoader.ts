import { UserError } from '../../protocol/userError';
import type { LoadedModel, ModelRequest } from '../../protocol/workerApi';
import type { WorkerClient } from '../workerClient';
import { isWorkerDeath } from './callWithRestarts';
import type { JobContext } from './jobContext';

/** Deaths in a row of a worker that was loading the model: one or two may be somebody ending processes. */
const MAX_DEATHS = 3;
/** Time without a sign of loading after which the worker counts as hanging: graphs are optimised in one go. */
const STALL_MS = 600_000;
const PERCENT = 100;

/** Sees to it that the worker has the model loaded, also a worker that took the place of one that died. */
export class ModelLoader {
  /** What it runs on, from the last worker that said so; null before. */
  loaded: LoadedModel | null = null;
  private loadedInto: number | undefined;
  private loading: Promise<void> | null = null;
  private deaths = 0;
  private told = '';

  constructor(
    private readonly context: Pick<JobContext, 'report' | 'log'>,
    readonly model: ModelRequest,
    private readonly stallMs = STALL_MS,
  ) {}

  /**
   * Loads the model unless this worker process has it. Calls at the same time wait for the same loading.
   * @throws UserError `model-crashes` when loading ends the worker again and again; those of `loadModel`.
   */
  async ensure(worker: WorkerClient, signal: AbortSignal): Promise<void> {
    if (this.loadedInto !== undefined && worker.pid === this.loadedInto) return;
    this.loading ??= this.load(worker, signal).finally(() => (this.loading = null));
    await this.loading;
  }

  /** Takes note of what the worker says it runs on; says so when that is not what it was. */
  note(loaded: LoadedModel): void {
    const { fallback } = loaded;
    if (fallback !== null && fallback !== this.loaded?.fallback) this.context.log(`${this.model.name}: ${fallback}`);
    this.loaded = loaded;
  }

  /** What it runs on, when that is not what this said before; else null. */
  takeNews(): LoadedModel | null {
    const now = JSON.stringify(this.loaded);
    if (now === this.told) return null;
    this.told = now;
    return this.loaded;
  }

  private async load(worker: WorkerClient, signal: AbortSignal): Promise<void> {
    for (;;) {
      const stalled = setTimeout(() => worker.kill(), this.stallMs);
      try {
        this.report(0);
        const onProgress = ({ fraction }: { fraction: number }) => {
          stalled.refresh();
          this.report(fraction);
        };
        const loaded = await worker.call('loadModel', this.model, { signal, onProgress });
        this.loadedInto = worker.pid;
        this.deaths = 0;
        this.note(loaded);
        this.report(1);
        return;
      } catch (error) {
        if (!isWorkerDeath(error)) throw error;
        if (++this.deaths >= MAX_DEATHS) throw modelCrashes(this.model, 'while it was being loaded', error);
      } finally {
        clearTimeout(stalled);
      }
    }
  }

  private report(fraction: number): void {
    const done = Math.round(PERCENT * Math.min(1, Math.max(0, fraction)));
    const nothing = { failed: 0, rate: null, secondsLeft: null };
    this.context.report({
      stage: 'load',
      done,
      total: PERCENT,
      ...nothing,
      ...(this.loaded && { loaded: this.loaded }),
    });
  }
}

/** @param when such as "while it was being loaded" */
export function modelCrashes({ name, dtype, device }: ModelRequest, when: string, cause: unknown): UserError {
  const instead = device === 'cpu' ? 'a smaller model or dtype' : 'the CPU (device "cpu"), or a smaller model or dtype';
  return new UserError(
    'model-crashes',
    `The model ${name} (${dtype}, on ${device}) ended the image worker again and again ${when}. Most often there is too ` +
      `little memory for it: close other programs, or choose ${instead}. If it goes on, the model's files may be ` +
      'damaged: remove and download them again. What is done is kept.',
    { cause },
  );
}
