import type * as vscode from 'vscode';
import * as v from 'valibot';
import type { WorkerClient } from '../../core/workerClient';
import type { ModelQuestions, ModelRequest } from '../../protocol/workerApi';

const RATES_KEY = 'models.rates';
const Rates = v.record(v.string(), v.pipe(v.number(), v.minValue(0)));
/** A first image that takes this long says enough, and nobody waits for more of them. */
const SLOW_MS = 3000;

/** How many images a second a model manages on this machine: measured on a few, remembered. */
export class ModelRates {
  constructor(
    private readonly memory: vscode.Memento,
    private readonly worker: WorkerClient,
  ) {}

  /** What is remembered, in images a second, or null. */
  known(request: ModelRequest): number | null {
    return this.all[key(request)] ?? null;
  }

  /**
   * Loads the model and asks it about some images, the first one to warm it up. Null when none of them can be read.
   * @param files absolute paths of images
   */
  async measure(
    model: ModelRequest,
    questions: ModelQuestions,
    files: readonly string[],
    signal: AbortSignal,
  ): Promise<number | null> {
    const ask = async (some: readonly string[]): Promise<{ count: number; ms: number }> => {
      const items = some.map((path, i) => ({ id: i + 1, path }));
      const startedAt = performance.now();
      const { answers } = await this.worker.call('askModel', { model, items, questions }, { signal });
      return { count: answers.filter(({ ok }) => ok).length, ms: performance.now() - startedAt };
    };
    await this.worker.call('loadModel', model, { signal });
    const [first, ...others] = files;
    if (first === undefined) return null;
    let asked = await ask([first]);
    if (asked.ms < SLOW_MS && others.length > 0) asked = await ask(others);
    if (asked.count === 0) return null;
    const rate = (1000 * asked.count) / asked.ms;
    await this.memory.update(RATES_KEY, { ...this.all, [key(model)]: rate });
    return rate;
  }

  private get all(): Record<string, number> {
    const saved = v.safeParse(Rates, this.memory.get(RATES_KEY));
    return saved.success ? saved.output : {};
  }
}

function key({ name, weights, dtype, device }: ModelRequest): string {
  return [name, weights.revision, dtype, device].join(' ');
}
