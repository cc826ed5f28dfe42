/**
 * Keeps the answer to one question up to date: one call at a time however often the data changes, and an answer to a
 * question that is no longer asked is dropped.
 */
export class FreshQuery<T> {
  private running: AbortController | undefined;
  private again = false;

  constructor(
    private readonly ask: (signal: AbortSignal) => Promise<T>,
    private readonly onAnswer: (answer: T) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** The data changed, the question did not: an answer under way is still worth showing, and one more is needed. */
  refresh(): void {
    if (this.running) this.again = true;
    else void this.run();
  }

  /** The question changed: an answer under way is dropped. */
  restart(): void {
    this.stop();
    void this.run();
  }

  /** Drops an answer under way and asks no more until the next `refresh` or `restart`. */
  stop(): void {
    const { running } = this;
    this.running = undefined;
    this.again = false;
    running?.abort();
  }

  private async run(): Promise<void> {
    const controller = new AbortController();
    this.running = controller;
    const isLate = () => this.running !== controller;
    try {
      const answer = await this.ask(controller.signal);
      if (isLate()) return;
      this.onAnswer(answer);
    } catch (error) {
      if (isLate()) return;
      this.onFailure(error);
    }
    if (isLate()) return; // the listener asked something else
    this.running = undefined;
    if (!this.again) return;
    this.again = false;
    void this.run();
  }
}
