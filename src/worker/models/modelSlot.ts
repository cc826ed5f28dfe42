import { untilAborted } from './untilAborted';

interface Closable {
  close(): Promise<void>;
}

interface Entry<Model> {
  readonly key: string;
  readonly model: Promise<Model>;
  users: number;
  isBroken: boolean;
}

/** Keeps one model in memory: until another is wanted, or for a while after its last use. */
export class ModelSlot<Request, Model extends Closable> {
  private current: Entry<Model> | undefined;
  private idleTimer: NodeJS.Timeout | undefined;
  /** Taking and letting go happen one after the other, so that two models are never in memory at once. */
  private last: Promise<unknown> = Promise.resolve();
  private onUnused: (() => void) | undefined;

  /** @param idleMs after the last use, when the model is let go */
  constructor(
    private readonly load: (request: Request) => Promise<Model>,
    private readonly idleMs: number,
  ) {}

  /**
   * Loads the model unless it is loaded, and uses it. A model that failed in use is loaded anew next time.
   * @throws what loading or using it fails with; the signal's reason as soon as it aborts (loading goes on then).
   */
  async use<T>(request: Request, signal: AbortSignal, work: (model: Model) => Promise<T>): Promise<T> {
    const turn = this.inTurn(() => this.take(request));
    const entry = await untilAborted(turn, signal).catch((error: unknown) => {
      turn.then(
        (taken) => this.release(taken),
        () => undefined, // of this, too, nobody hears any more
      );
      throw error;
    });
    try {
      return await work(await untilAborted(entry.model, signal));
    } catch (error) {
      if (!signal.aborted) entry.isBroken = true;
      throw error;
    } finally {
      this.release(entry);
    }
  }

  /** Lets the model go, once nobody uses it any more. */
  unload(): Promise<void> {
    return this.inTurn(() => this.letGo());
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async take(request: Request): Promise<Entry<Model>> {
    const key = JSON.stringify(request);
    if (this.current?.key !== key || this.current.isBroken) await this.letGo();
    this.current ??= this.start(request, key);
    this.current.users++;
    clearTimeout(this.idleTimer);
    return this.current;
  }

  private start(request: Request, key: string): Entry<Model> {
    const entry = { key, model: this.load(request), users: 0, isBroken: false };
    entry.model.catch(() => {
      entry.isBroken = true; // whoever waits for it hears why
    });
    return entry;
  }

  private release(entry: Entry<Model>): void {
    if (--entry.users > 0) return;
    this.onUnused?.();
    if (entry !== this.current) return;
    this.idleTimer = setTimeout(() => void this.unload(), entry.isBroken ? 0 : this.idleMs);
    this.idleTimer.unref();
  }

  private async letGo(): Promise<void> {
    clearTimeout(this.idleTimer);
    const entry = this.current;
    if (!entry) return;
    if (entry.users > 0)
      await new Promise<void>((resolve) => {
        this.onUnused = resolve;
      });
    this.onUnused = undefined;
    clearTimeout(this.idleTimer);
    this.current = undefined;
    const model = await entry.model.catch(() => undefined);
    await model?.close();
  }
}
