import type { PolicySettings } from './policyRules';

/**
 * Puts settings in force one after the other: what is set while another is being saved waits, and only the newest of
 * those that wait is saved.
 */
export class PolicySaving {
  private waiting: PolicySettings | undefined;
  private running: PolicySettings | undefined;

  /**
   * @param onSaved all that was set is in force, these settings last
   * @param onFailure it could not be put in force; what was in force before still is
   */
  constructor(
    private readonly save: (settings: PolicySettings) => Promise<unknown>,
    private readonly onSaved: (settings: PolicySettings) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** What was set last and is not in force yet. */
  get wanted(): PolicySettings | undefined {
    return this.waiting ?? this.running;
  }

  set(settings: PolicySettings): void {
    if (this.running) this.waiting = settings;
    else void this.run(settings);
  }

  private async run(settings: PolicySettings): Promise<void> {
    this.running = settings;
    try {
      await this.save(settings);
    } catch (error) {
      this.running = undefined;
      this.waiting = undefined; // it was built on what failed
      this.onFailure(error);
      return;
    }
    const next = this.waiting;
    this.running = undefined;
    this.waiting = undefined;
    if (next) void this.run(next);
    else this.onSaved(settings);
  }
}
