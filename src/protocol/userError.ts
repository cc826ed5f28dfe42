/**
 * An error that the person at the screen can act on. Its message says what happened and what to do next, so it is
 * shown as it is; every other error is a bug and goes to the log with its stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  /** @param code stable, kebab-case: tests and callers tell errors apart by it, never by the message. */
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** By name: each bundle has this class for itself, and one that comes from another is still one. */
  static override [Symbol.hasInstance](value: unknown): value is UserError {
    return value instanceof Error && value.name === 'UserError' && 'code' in value;
  }
}
