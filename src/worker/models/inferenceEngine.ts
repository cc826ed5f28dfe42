import { UserError } from '../../protocol/userError';
import type { LoadedModel } from '../../protocol/workerApi';
import { explainStep, nextStep, type PresentVariant, type Step } from './fallbackSteps';
import { failedAtImage, isClosed, reasonOf, ranOutOfMemory } from './inferenceFailure';

/** What runs passes, one after the other. */
export interface Lane<Input, Output> {
  /** @param signal given for passes with one input only */
  run(inputs: readonly Input[], signal: AbortSignal | undefined): Promise<readonly Output[]>;
}

/** A model that is loaded on one device. */
export interface Backend<Input, Output> {
  readonly lanes: readonly Lane<Input, Output>[];
  /** Inputs of one pass at most. */
  readonly batch: number;
  close(): Promise<void>;
}

/** Loads the model one way. Fails with UserError `model-unusable` where no other way can help, or with any other error. */
export type OpenBackend<Input, Output> = (step: Step) => Promise<Backend<Input, Output>>;

interface Task<Input, Output> {
  readonly input: Input;
  readonly signal: AbortSignal;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

/** One pass runs in each lane and one waits there, so that no lane is ever idle while there is work. */
const PASSES_AHEAD = 2;
/** Inputs in a row at which a model fails before it, and not the inputs, is at fault: of one that has never worked, and of one that has. */
const MOST_FAILURES_IN_A_ROW = { atFirst: 3, later: 20 };

/**
 * Spreads inputs over the lanes of a model. When a device fails, at loading or in the middle of a run, the next way is
 * taken and what was under way is done again there; out of memory halves the batch first. Where no way is left, an input
 * at which the model fails is refused, and the others go on.
 */
export class InferenceEngine<Input, Output> {
  private backend!: Backend<Input, Output>;
  private batch = 1;
  private readonly queue: Task<Input, Output>[] = [];
  private readonly passes = new Map<Lane<Input, Output>, number>();
  private readonly notes: string[] = [];
  private isMoving = false;
  /** Whether some input has passed since the model was loaded the present way. */
  private hasWorked = false;
  private failuresInARow = 0;
  private failed: unknown;

  private constructor(
    private step: Step,
    private readonly present: readonly PresentVariant[],
    private readonly openBackend: OpenBackend<Input, Output>,
  ) {}

  /** @throws what the last way that there is to load the model failed with. */
  static async open<Input, Output>(
    step: Step,
    present: readonly PresentVariant[],
    openBackend: OpenBackend<Input, Output>,
  ): Promise<InferenceEngine<Input, Output>> {
    const engine = new InferenceEngine<Input, Output>(step, present, openBackend);
    await engine.load();
    return engine;
  }

  get loaded(): LoadedModel {
    return { ...this.step, fallback: this.notes.length > 0 ? this.notes.join(' ') : null };
  }

  /** Inputs that should be under way for all lanes to be busy. */
  get capacity(): number {
    return this.backend.lanes.length * this.batch * PASSES_AHEAD;
  }

  /**
   * @throws the signal's reason; ImageFailure `inference-failed` when the model fails at this input alone; UserError
   * `out-of-memory` or `model-unusable` when it fails at one after the other and no way is left
   */
  run(input: Input, signal: AbortSignal): Promise<Output> {
    return new Promise((resolve, reject) => {
      if (this.failed !== undefined) throw this.failed as Error;
      this.queue.push({ input, signal, resolve, reject });
      this.startPasses();
    });
  }

  /** Lets the model go, after the passes that are running. */
  async close(): Promise<void> {
    this.fail(new Error('the model was let go'));
    await this.backend.close();
  }

  private startPasses(): void {
    if (this.isMoving) return;
    for (let ahead = 0; ahead < PASSES_AHEAD; ahead++) {
      for (const lane of this.backend.lanes) {
        if ((this.passes.get(lane) ?? 0) > ahead) continue;
        const tasks = this.takeTasks();
        if (tasks.length === 0) return;
        void this.pass(lane, tasks);
      }
    }
  }

  private takeTasks(): Task<Input, Output>[] {
    const tasks: Task<Input, Output>[] = [];
    while (this.queue.length > 0 && tasks.length < this.batch) {
      const task = this.queue.shift()!;
      if (task.signal.aborted) task.reject(task.signal.reason);
      else tasks.push(task);
    }
    return tasks;
  }

  private async pass(lane: Lane<Input, Output>, tasks: Task<Input, Output>[]): Promise<void> {
    const { backend } = this;
    this.passes.set(lane, (this.passes.get(lane) ?? 0) + 1);
    try {
      const inputs = tasks.map(({ input }) => input);
      const outputs = await lane.run(inputs, tasks.length === 1 ? tasks[0].signal : undefined);
      this.hasWorked = true;
      this.failuresInARow = 0;
      tasks.forEach((task, i) => task.resolve(outputs[i]));
    } catch (error) {
      await this.recover(backend, tasks, error);
    } finally {
      this.passes.set(lane, this.passes.get(lane)! - 1);
      this.startPasses();
    }
  }

  private async recover(
    backend: Backend<Input, Output>,
    tasks: readonly Task<Input, Output>[],
    error: unknown,
  ): Promise<void> {
    if (this.failed !== undefined) {
      for (const task of tasks) task.reject(this.failed);
      return;
    }
    const isLate = backend !== this.backend || this.isMoving;
    if (!isLate && this.isFaultOfInput(tasks, error)) {
      tasks[0].reject(failedAtImage(error));
      return;
    }
    this.queue.unshift(...tasks); // those whose signal is aborted are settled when they are taken
    if (isLate || tasks.every(({ signal }) => signal.aborted)) return;
    if (ranOutOfMemory(error) && tasks.length > this.batch) return; // it was sent before the batch was halved
    if (ranOutOfMemory(error) && tasks.length > 1) {
      this.batch = tasks.length >> 1;
      this.notes.push(`There is not enough memory for ${tasks.length} images at a time: it takes ${this.batch}.`);
      return;
    }
    this.isMoving = true;
    try {
      this.moveOn(error);
      await backend.close();
      await this.load();
    } catch (last) {
      this.fail(last);
    } finally {
      this.isMoving = false;
    }
  }

  /** With no other way left, an input that fails by itself is at fault, unless that goes on. Counts it. */
  private isFaultOfInput(tasks: readonly Task<Input, Output>[], error: unknown): boolean {
    const memory = ranOutOfMemory(error);
    if (tasks.length > 1 || tasks[0].signal.aborted || isClosed(error)) return false;
    if ((memory && !this.hasWorked) || nextStep(this.step, memory, this.present) !== null) return false;
    const { atFirst, later } = MOST_FAILURES_IN_A_ROW;
    return ++this.failuresInARow < (this.hasWorked ? later : atFirst);
  }

  /** Loads the model the present way, or the next that works. */
  private async load(): Promise<void> {
    for (;;) {
      try {
        this.backend = await this.openBackend(this.step);
        this.batch = this.backend.batch;
        this.hasWorked = false;
        this.failuresInARow = 0;
        return;
      } catch (error) {
        this.moveOn(error);
      }
    }
  }

  /** Chooses the next way. @throws when there is none. */
  private moveOn(error: unknown): void {
    const memory = ranOutOfMemory(error);
    const next = nextStep(this.step, memory, this.present);
    if (next === null) throw memory ? noMemory(error) : error;
    this.notes.push(explainStep(this.step, next, memory, reasonOf(error)));
    this.step = next;
  }

  private fail(error: unknown): void {
    this.failed ??= error;
    for (const task of this.queue.splice(0)) task.reject(this.failed);
  }
}

function noMemory(cause: unknown): UserError {
  const text = 'There is not enough memory for this model. Close other programs, or choose a smaller model.';
  return cause instanceof UserError ? cause : new UserError('out-of-memory', text, { cause });
}
