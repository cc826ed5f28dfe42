import { RpcError } from '../../protocol/rpc';
import { UserError } from '../../protocol/userError';
import { ImageFailure } from '../imageFailure';

const MEMORY =
  /out of memory|bad_alloc|bad allocation|failed to allocate|allocation failed|not enough memory|ENOMEM|array buffer allocation|E_OUTOFMEMORY/i;

/** Whether a failure of loading or running a model says that memory ran out. */
export function ranOutOfMemory(error: unknown): boolean {
  if (error instanceof UserError) return error.code === 'out-of-memory';
  return error instanceof Error && MEMORY.test(error.message);
}

/** The first line of what went wrong, without the place in ONNX Runtime's source that some messages begin with. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const said = text.replace(/^\w+: Error: /, '').replace(/^\/\S+:\d+ [^]*? was false\. /, '');
  return (said.split('\n')[0] ?? '').trim().replace(/\.$/, '').slice(0, 300);
}

/** Whether the thread that ran the model has ended, which says nothing about what it was given. */
export function isClosed(error: unknown): boolean {
  return error instanceof RpcError && error.code === 'closed';
}

/** What is told of an image at which a model failed that answers for others. */
export function failedAtImage(error: unknown): ImageFailure {
  const text = ranOutOfMemory(error)
    ? 'There was not enough memory for the model to look at this image.'
    : `The model failed at this image: ${reasonOf(error instanceof UserError ? (error.cause ?? error) : error)}.`;
  return new ImageFailure('inference-failed', `${text} It is tried again later.`, { cause: error });
}
