import { UserError } from '../../../protocol/userError';

const MEMORY =
  /out of memory|bad_alloc|bad allocation|failed to allocate|allocation failed|not enough memory|ENOMEM|invalid array length|E_OUTOFMEMORY/i;

/** Whether a failure of loading or running a model says that memory ran out. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && MEMORY.test(error.message);
}

/** The error that tells a person that memory ran out. */
export function outOfMemory(name: string, cause: unknown): UserError {
  const message = `There is not enough memory for the model ${name}. Choose a smaller one, or another dtype of it.`;
  return new UserError('out-of-memory', message, { cause });
}

/** What went wrong while the files of a model were loaded, for a person: memory, or files that are not what they should be. */
export function loadFailure(name: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  if (isOutOfMemory(error)) return outOfMemory(name, error);
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The model ${name} cannot be loaded: ${reason} Download it again, or choose another device or dtype.`;
  return new UserError('model-unusable', message, { cause: error });
}
