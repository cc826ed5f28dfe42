/** Timers cannot be longer than 24 days, and clocks jump: looked at again after this. So is what a try has left due. */
const LONGEST_MS = 3_600_000;
const LEAST_MS = 1000;

/** Wakes up, for each dataset that it is told to keep, when the next failure is due for another try. */
export class RetryTimer<S extends { readonly id: string }> {
  private readonly timers = new Map<string, NodeJS.Timeout | undefined>();
  /** When what was due was tried last. */
  private readonly tried = new Map<string, number>();

  /**
   * @param next when the next one is due, or null
   * @param onDue tries what is due; whoever ends runs has it looked at again
   */
  constructor(
    private readonly next: (session: S) => Promise<Date | null>,
    private readonly onDue: (session: S) => Promise<unknown>,
  ) {}

  /** These datasets and no others. */
  keep(sessions: readonly S[]): void {
    const ids = new Set(sessions.map(({ id }) => id));
    for (const id of [...this.timers.keys()]) {
      if (!ids.has(id)) this.forget(id);
    }
    for (const session of sessions) {
      if (!this.timers.has(session.id)) this.look(session);
    }
  }

  /** Looks when the next one is due now. */
  look(session: S): void {
    this.forget(session.id);
    this.timers.set(session.id, undefined);
    this.next(session).then(
      (at) => this.wait(session, at),
      () => undefined, // the dataset was closed meanwhile; opened again, it is kept again
    );
  }

  dispose(): void {
    for (const id of [...this.timers.keys()]) this.forget(id);
  }

  private wait(session: S, at: Date | null): void {
    if (at === null || !this.timers.has(session.id)) return;
    const tried = this.tried.get(session.id) ?? 0;
    // What is due and was tried all the same waits for something else, such as the files of a model.
    const due = at.getTime() <= tried ? tried + LONGEST_MS : at.getTime();
    const wait = Math.min(LONGEST_MS, Math.max(LEAST_MS, due - Date.now()));
    clearTimeout(this.timers.get(session.id));
    this.timers.set(
      session.id,
      setTimeout(() => this.wake(session, due), wait),
    );
  }

  private wake(session: S, due: number): void {
    const now = Date.now();
    if (now < due) {
      this.look(session);
      return;
    }
    this.tried.set(session.id, now);
    void this.onDue(session);
  }

  private forget(id: string): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }
}
