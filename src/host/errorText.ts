import { UserError } from '../protocol/userError';

/** A failure in words fit for a view: a `UserError` as it is, a bug with a pointer to the log. */
export function errorText(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  return `Something went wrong: ${text}. The DataVisor output channel has the details.`;
}
