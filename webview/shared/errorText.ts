import { UserError } from '../../src/protocol/userError';

/** A failure in words for the person at the screen, with the next step. */
export function errorText(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  const firstLine = text.split('\n', 1)[0];
  return `Something went wrong: ${firstLine}. The DataVisor log in the Output view has the details.`;
}

/** Whether a call failed only because the folder was never indexed: a state to offer Auto-Tag in, not a fault. */
export function isNotIndexed(error: unknown): boolean {
  return error instanceof UserError && error.code === 'not-indexed';
}

/** A failure with its stack, for the log. */
export function errorDetail(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.stack ?? `${error.name}: ${error.message}`;
}
