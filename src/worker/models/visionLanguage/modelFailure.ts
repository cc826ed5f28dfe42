import { UserError } from '../../../protocol/userError';
import type { ModelRequest } from '../../../protocol/workerApi';
import { ranOutOfMemory, reasonOf } from '../inferenceFailure';

/** The error that tells a person that memory ran out. */
export function outOfMemory(name: string, cause: unknown): UserError {
  const message = `There is not enough memory for the model ${name}. Choose a smaller one, or another dtype of it.`;
  return new UserError('out-of-memory', message, { cause });
}

/**
 * What went wrong while a model was loaded, for a person: memory, or files that are not what they should be. On other
 * devices than the CPU it may be the device: then the error is given back as it is, and the CPU can be tried.
 */
export function loadFailure({ name, device, folder }: ModelRequest, error: unknown): unknown {
  if (error instanceof UserError) return error;
  if (ranOutOfMemory(error)) return outOfMemory(name, error);
  if (device !== 'cpu') return error;
  const message = `The model ${name} cannot be loaded from ${folder}: ${reasonOf(error)}. Remove it and download it again.`;
  return new UserError('model-unusable', message, { cause: error });
}
